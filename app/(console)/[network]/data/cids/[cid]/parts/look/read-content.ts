import { AppError, invalid, notFound } from "../../../../../../../../server/kernel/errors.ts";
import type { NetworkName } from "../../../../../../../../server/kernel/networks.ts";

/** Content as a node of the bucket's cluster serves it through the console's server. */
export type ContentAddress = { network: NetworkName; bucket: string; cid: string };
/** Bytes `from` to `to`; `to` is not included. */
export type Part = { from: number; to: number };

export type ContentAnswer = {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Of all of it; null when the node does not say. */
  sizeBytes: number | null;
  node: { key: string; name: string } | null;
};

export function contentHref({ network, bucket, cid }: ContentAddress): string {
  return `/api/content/${network}/${bucket}/${cid}`;
}

/** The token goes in a header: addresses end up in logs and histories. */
export async function openContent(
  address: ContentAddress,
  { part, token, signal }: { part: Part | null; token: string | null; signal: AbortSignal },
): Promise<ContentAnswer> {
  const headers = new Headers();
  if (part) headers.set("range", `bytes=${part.from}-${part.to - 1}`);
  if (token) headers.set("x-ddc-token", token);
  const response = await fetch(contentHref(address), { headers, signal, cache: "no-store" });
  if (!response.ok || !response.body) throw await failureOf(response);
  const key = response.headers.get("x-ddc-node");
  return {
    body: response.body,
    sizeBytes: sizeOf(response, part),
    node:
      key === null ? null : { key, name: decodeURIComponent(response.headers.get("x-ddc-node-name") ?? key) },
  };
}

/** At most `limit` bytes; the rest is not waited for. */
export async function readBytes({ body }: ContentAnswer, limit: number): Promise<Uint8Array> {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  await reader.cancel().catch(() => {});
  return joinBytes(parts, Math.min(length, limit));
}

export function joinBytes(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    const taken = part.subarray(0, length - at);
    bytes.set(taken, at);
    at += taken.length;
  }
  return bytes;
}

function sizeOf(response: Response, part: Part | null): number | null {
  const [, whole] = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "") ?? [];
  if (whole !== undefined) return Number(whole);
  const length = response.headers.get("content-length");
  return part === null && length !== null ? Number(length) : null;
}

/** Problem details of the server, as panels show failures. */
async function failureOf(response: Response): Promise<AppError> {
  const problem: unknown = await response.json().catch(() => null);
  const detail =
    textOf(problem, "detail") ?? textOf(problem, "title") ?? `The server answered ${response.status}.`;
  if (response.status === 403)
    return new AppError("forbidden", detail, { needed: "a token of the bucket's owner" });
  if (response.status === 404) return new AppError("not_found", detail, notFound("content", "").details);
  if (response.status === 400) return invalid(detail);
  return new AppError("upstream", detail);
}

function textOf(problem: unknown, field: string): string | null {
  if (typeof problem !== "object" || problem === null) return null;
  const value: unknown = Reflect.get(problem, field);
  return typeof value === "string" && value !== "" ? value : null;
}
