import type { Prisma } from "../../../prisma/generated/console/client.ts";

type Json = Prisma.InputJsonValue | null;

const secretName =
  /pass(word|phrase)|secret|token|cookie|authorization|credential|(private|api|signing)_?key/i;
const redacted = "[redacted]";

/** A value as the audit log keeps it: exact numbers and times as text, and nothing under a name that holds a secret. */
export function redact(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => redact(item));
  if (typeof value === "object") return redactFields(value);
  if (typeof value === "string") return storable(value);
  if (typeof value === "boolean") return value;
  return typeof value === "number" && Number.isFinite(value) ? value : String(value);
}

function redactFields(value: object): Json {
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.map(([name, field]) => [storable(name), isSecret(name, field) ? redacted : redact(field)]),
  );
}

/** That a password is new, or how many tokens a limit allows, is no secret. */
function isSecret(name: string, field: unknown): boolean {
  return (
    secretName.test(name) && (typeof field === "string" || (typeof field === "object" && field !== null))
  );
}

/** jsonb has no place for U+0000 and for half a surrogate pair. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}
