import type { AuditEntry } from "../../../../../server/features/audit/schema.ts";

type Json = AuditEntry["before"];

/** One field that differs; `before` or `after` is null where the field was not there. */
export type ChangedField = { path: string; before: string | null; after: string | null };

/** What differs between two records, field by field, in the order in which the fields stand. */
export function changedFields(before: Json, after: Json): ChangedField[] {
  const old = new Map(leavesOf(before, ""));
  const now = new Map(leavesOf(after, ""));
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths.flatMap((path) => {
    const change = { path, before: old.get(path) ?? null, after: now.get(path) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/** Lists are compared as a whole: an item that moved is no other field. */
function leavesOf(value: Json, path: string): [string, string][] {
  if (value === null) return [];
  if (typeof value !== "object" || Array.isArray(value)) return [[path, shown(value)]];
  return Object.entries(value).flatMap(([name, field]) =>
    field === null
      ? [[path ? `${path}.${name}` : name, "null"] as [string, string]]
      : leavesOf(field, path ? `${path}.${name}` : name),
  );
}

function shown(value: Json): string {
  if (Array.isArray(value)) return value.map((item) => shown(item)).join("\n");
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}
