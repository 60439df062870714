import type { IncomingHttpHeaders } from "node:http";

export type BodyLimit = { maxBodyBytes: number; countsBody?: true };
export type BodyVerdict = { kind: "fits" } | { kind: "refused"; status: 411 | 413; detail: string };

/**
 * Decided by the declared length, before a byte is read: Node's parser reads no more than that. A body of unknown
 * length is refused, so that there is nothing to count, but where the route says that it counts by itself.
 */
export function judgeBody(headers: IncomingHttpHeaders, limit: BodyLimit): BodyVerdict {
  const { maxBodyBytes: maxBytes, countsBody = false } = limit;
  if (headers["transfer-encoding"] !== undefined)
    return countsBody
      ? { kind: "fits" }
      : { kind: "refused", status: 411, detail: "Send the body with a Content-Length." };
  const length = Number(headers["content-length"] ?? 0);
  if (length <= maxBytes) return { kind: "fits" };
  return {
    kind: "refused",
    status: 413,
    detail: `The body has ${length} bytes; ${maxBytes} are allowed here.`,
  };
}
