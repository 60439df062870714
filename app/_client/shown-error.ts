import { type ErrorCode, errorCodes, isAppError } from "../../server/kernel/errors.ts";

/** An error as a panel shows it: what, why, and the id that leads to it in the log. */
export type ShownError = {
  code: ErrorCode | "unreachable";
  message: string;
  details: Readonly<Record<string, string>>;
  requestId: string | null;
};

/** Takes anything that a query or mutation can fail with. */
export function toShownError(error: unknown): ShownError {
  if (isAppError(error))
    return { code: error.code, message: error.message, details: error.details, requestId: null };
  const data = serverData(error);
  if (data) return fromServer(data, error instanceof Error ? error.message : "");
  return {
    code: "unreachable",
    message: "The console's server cannot be reached. It is tried again by itself.",
    details: {},
    requestId: null,
  };
}

/** Asking again can help: nothing reached the server, or something behind it was away for a moment. */
export function isWorthRetrying(error: unknown): boolean {
  return ["unreachable", "upstream", "timeout"].includes(toShownError(error).code);
}

type ServerData = Record<string, unknown>;

/** `data` as the error formatter of server/trpc/init.ts sends it; absent when no answer came. */
function serverData(error: unknown): ServerData | null {
  if (typeof error !== "object" || error === null || !("data" in error)) return null;
  return isRecord(error.data) ? error.data : null;
}

function fromServer(data: ServerData, message: string): ShownError {
  const code = errorCodes.find((known) => known === data.appCode) ?? codeOfStatus(data.httpStatus);
  const details = isRecord(data.details) ? data.details : {};
  return {
    code,
    message,
    details: Object.fromEntries(Object.entries(details).map(([name, value]) => [name, String(value)])),
    requestId: typeof data.requestId === "string" ? data.requestId : null,
  };
}

function codeOfStatus(status: unknown): ErrorCode {
  if (status === 400) return "invalid";
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  return status === 429 ? "too_many" : "internal";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
