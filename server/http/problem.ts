import { type ServerResponse, STATUS_CODES } from "node:http";
import { type ErrorCode, isAppError } from "../kernel/errors.ts";

const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
  not_indexed: 412,
  upstream: 502,
  timeout: 504,
  internal: 500,
};

/** RFC 9457. `detail` is for a person; never pass an unknown error's message. */
export function sendProblem(response: ServerResponse, status: number, detail: string): void {
  write(response, { status, detail });
}

type Problem = { status: number; detail: string; errors?: readonly { pointer: string; detail: string }[] };

function write(response: ServerResponse, { status, detail, errors }: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const requestId = response.getHeader("x-request-id");
  const body = JSON.stringify({
    type: "about:blank",
    title: STATUS_CODES[status],
    status,
    detail,
    requestId,
    ...(errors && { errors }),
  });
  response.statusCode = status;
  response.setHeader("content-type", "application/problem+json");
  response.setHeader("cache-control", "no-store");
  response.end(body);
}

/** True when the error was ours to tell; false when it was masked and belongs into the log. */
export function sendError(response: ServerResponse, error: unknown): boolean {
  if (!isAppError(error)) {
    sendProblem(response, 500, "Something failed on our side. The request id leads to it in the log.");
    return false;
  }
  const { retryAfterSeconds, pointer } = error.details;
  if (retryAfterSeconds && !response.headersSent) response.setHeader("retry-after", retryAfterSeconds);
  // "#…": a fragment identifier, as RFC 9457 writes JSON pointers.
  const errors = pointer === undefined ? [] : [{ pointer: `#${pointer}`, detail: error.message }];
  write(response, {
    status: statusOf[error.code],
    detail: error.message,
    ...(errors.length > 0 && { errors }),
  });
  return true;
}
