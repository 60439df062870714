/** The closed set of things that can go wrong for a caller. `internal` is the only one whose message is masked. */
export const errorCodes = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_many",
  "not_indexed",
  "upstream",
  "timeout",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

const brand = Symbol.for("cere.console.app-error");

/**
 * The one error type that crosses module boundaries.
 * Recognise it with `isAppError`, never `instanceof`: Next bundles its own copy of this class.
 */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, details: Record<string, string> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && brand in error;
}

export function invalid(message: string, details?: Record<string, string>): AppError {
  return new AppError("invalid", message, details);
}

export function unauthenticated(message = "Sign in to continue."): AppError {
  return new AppError("unauthenticated", message);
}

export function forbidden(needed: string): AppError {
  return new AppError("forbidden", `This needs the role ${needed}. Ask an administrator for it.`, { needed });
}

/** Who asks is known, and this way of asking does not reach there; `message` says what would. */
export function outOfReach(message: string): AppError {
  return new AppError("forbidden", message);
}

export function notFound(kind: string, id: string): AppError {
  return new AppError("not_found", `There is no ${kind} ${id} here.`, { kind, id });
}

export function conflict(message: string, details?: Record<string, string>): AppError {
  return new AppError("conflict", message, details);
}

export function tooMany(message: string, retryAfterSeconds: number): AppError {
  return new AppError("too_many", message, { retryAfterSeconds: String(retryAfterSeconds) });
}

/** The page needs an indexer family that this network does not have. */
export function notIndexed(network: string, family: string, squid: string): AppError {
  return new AppError("not_indexed", `${network} has no ${family} indexer. ${squid} would fill it.`, {
    network,
    family,
    squid,
  });
}

export function upstream(name: string, cause: unknown): AppError {
  return new AppError(
    "upstream",
    `${name} did not answer as expected. Try again in a moment.`,
    { name },
    cause,
  );
}

export function timeout(what: string, limitMs: number): AppError {
  return new AppError("timeout", `${what} took longer than ${limitMs} ms.`, { limitMs: String(limitMs) });
}
