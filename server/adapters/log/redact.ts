const secretName = /authorization|cookie|token|password|secret|api[-_]?key|dsn|session[-_]?id/i;
const credentialsInUrl = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const secretInQuery = /([?&](?:[a-z_]*token|password|secret|code|state|api[-_]?key)=)[^&#\s"']*/gi;
/** Levels of a value that are looked at; below, it is left out. */
const usualDepth = 6;
const hiddenValue = "[hidden]";

/** A copy that may be written to a log or sent away: secrets by name, and credentials inside any text, are hidden. */
export function redact(value: unknown, depth = usualDepth): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value;
  if (depth <= 0) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1));
  return redactEntries(Object.entries(value), depth);
}

export function redactText(text: string): string {
  return text.replace(credentialsInUrl, `$1${hiddenValue}@`).replace(secretInQuery, `$1${hiddenValue}`);
}

function redactError(error: Error, depth: number): object {
  const { name, message, stack, cause, ...own } = error;
  return {
    type: name || error.constructor.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ""),
    ...redactEntries(Object.entries(own), depth),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth - 1) }),
  };
}

function redactEntries(entries: [string, unknown][], depth: number): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isSecret(name, value) ? hiddenValue : redact(value, depth - 1)]),
  );
}

/** Numbers and flags under such a name (tokensPerSecond, hasToken) tell no secret. */
function isSecret(name: string, value: unknown): boolean {
  return secretName.test(name) && value !== null && (typeof value === "string" || typeof value === "object");
}
