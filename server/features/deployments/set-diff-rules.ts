import { canonicalJson } from "./canonical-json.ts";
import type { DeploymentRecord } from "./schema.ts";

export type FieldChange = { field: string; before: string; after: string };
export type RecordChange =
  | { kind: "new"; name: string }
  | { kind: "gone"; name: string }
  | { kind: "changed"; name: string; fields: FieldChange[] };

const fields = [
  "priority",
  "targeting",
  "version",
  "weight",
  "enabled",
  "params",
  "engagements",
  "expiresAt",
] as const;

/** What is different in a SET, record by record (a record is its name); values as JSON. The order does not matter. */
export function diffSets(
  before: readonly DeploymentRecord[],
  after: readonly DeploymentRecord[],
): RecordChange[] {
  const earlier = new Map(before.map((record) => [record.name, record]));
  const names = new Set(after.map(({ name }) => name));
  return [
    ...after.flatMap((record): RecordChange[] => {
      const { name } = record;
      const old = earlier.get(name);
      if (!old) return [{ kind: "new", name }];
      const changed = changedFields(old, record);
      return changed.length === 0 ? [] : [{ kind: "changed", name, fields: changed }];
    }),
    ...before.flatMap(({ name }): RecordChange[] => (names.has(name) ? [] : [{ kind: "gone", name }])),
  ];
}

function changedFields(old: DeploymentRecord, record: DeploymentRecord): FieldChange[] {
  return fields.flatMap((field) => {
    const [before, after] = [canonicalJson(old[field]), canonicalJson(record[field])];
    return before === after ? [] : [{ field, before, after }];
  });
}
