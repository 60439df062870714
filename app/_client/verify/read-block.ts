import type { Blake3 } from "../../../server/kernel/cid/blake3.ts";
import { type Cid, digestHex } from "../../../server/kernel/cid/cid.ts";
import { decodeDagNode } from "../../../server/kernel/cid/decode-dag-node.ts";
import {
  type Fetched,
  type UnreachableWhy,
  type Verdict,
  verifyBlock,
} from "../../../server/kernel/cid/verify-block.ts";
import { readParts } from "./read-parts.ts";
import type { BlockReceipt, VerifyJob } from "./verify-protocol.ts";

export type BlockToRead = { cid: Cid; path: string };

/** A block that was read and judged. `content` is kept of what has to be decoded or shown, and only up to a size. */
export type ReadBlock = { receipt: BlockReceipt; content: Uint8Array | null };

export type BlockReader = {
  job: Pick<VerifyJob, "network" | "bucket" | "node" | "token">;
  hasher: Blake3;
  /** Up to so many bytes are kept of the block. */
  keepBytes: number;
  fetch: typeof fetch;
  onBytes(bytes: number, ofBytes: number | null): void;
};

/**
 * Reads one block and hashes it as it comes. Rejects only when the signal aborts: everything else is a verdict. What the
 * server says of it is not believed, only what the bytes hash to.
 */
export async function readBlock(
  { cid, path }: BlockToRead,
  reader: BlockReader,
  signal: AbortSignal,
): Promise<ReadBlock> {
  const started = performance.now();
  const read = await fetchAndHash(cid, reader, signal);
  const verdict = withEncoding(cid, verifyBlock(cid, read.fetched), read.content);
  return {
    content: read.content,
    receipt: {
      cid: cid.text,
      kind: cid.kind,
      path,
      verdict: verdict.kind,
      why: "why" in verdict ? verdict.why : null,
      detail: verdict.kind === "unreachable" ? verdict.detail : null,
      expected: digestHex(cid.digest),
      computed: "computed" in verdict && verdict.computed ? digestHex(verdict.computed) : null,
      bytes: read.bytes,
      ms: Math.round(performance.now() - started),
      node: read.node,
      nodeName: read.nodeName,
      at: new Date().toISOString(),
    },
  };
}

type Read = {
  fetched: Fetched;
  bytes: number;
  content: Uint8Array | null;
  node: string | null;
  nodeName: string | null;
};

async function fetchAndHash(cid: Cid, reader: BlockReader, signal: AbortSignal): Promise<Read> {
  let bytes = 0;
  let from: Pick<Read, "node" | "nodeName"> = { node: reader.job.node, nodeName: null };
  try {
    const response = await ask(cid, reader, signal);
    from = senderOf(response, from);
    if (!response.ok || !response.body)
      return { ...(await refused(response)), bytes, content: null, ...from };
    const announced = Number(response.headers.get("content-length") ?? Number.NaN);
    const ofBytes = Number.isFinite(announced) ? announced : null;
    const kept: Uint8Array[] | null = ofBytes !== null && ofBytes > reader.keepBytes ? null : [];
    reader.hasher.reset();
    for await (const part of readParts(response.body, ofBytes)) {
      reader.hasher.update(part);
      bytes += part.length;
      if (bytes <= reader.keepBytes) kept?.push(part.slice());
      reader.onBytes(bytes, ofBytes);
    }
    const content = kept && bytes <= reader.keepBytes ? joined(kept, bytes) : null;
    return { fetched: { kind: "hashed", digest: reader.hasher.digest() }, bytes, content, ...from };
  } catch (error) {
    signal.throwIfAborted();
    const detail = bytes > 0 ? `It broke off after ${bytes} bytes.` : "The console did not answer.";
    const why: UnreachableWhy = bytes > 0 ? "broken_off" : "unavailable";
    const cause = error instanceof TypeError ? detail : `${detail} ${String(error)}`;
    return { fetched: { kind: "unreachable", why, detail: cause }, bytes, content: null, ...from };
  }
}

function ask(cid: Cid, { job, fetch: get }: BlockReader, signal: AbortSignal): Promise<Response> {
  const query = job.node === null ? "" : `?node=${job.node}`;
  return get(`/api/content/${job.network}/${job.bucket}/${cid.text}${query}`, {
    signal,
    headers: job.token === null ? {} : { "x-ddc-token": job.token },
    cache: "no-store",
  });
}

function senderOf(
  response: Response,
  known: Pick<Read, "node" | "nodeName">,
): Pick<Read, "node" | "nodeName"> {
  const name = response.headers.get("x-ddc-node-name");
  return {
    node: response.headers.get("x-ddc-node") ?? known.node,
    nodeName: name === null ? known.nodeName : decodeURIComponent(name),
  };
}

const whyOfStatus: Readonly<Record<number, UnreachableWhy>> = {
  401: "forbidden",
  403: "forbidden",
  404: "not_found",
  504: "timeout",
};

async function refused(response: Response): Promise<{ fetched: Fetched }> {
  const problem: unknown = await response.json().catch(() => null);
  const told = typeof problem === "object" && problem !== null && "detail" in problem ? problem.detail : null;
  const why = whyOfStatus[response.status] ?? "unavailable";
  const detail = typeof told === "string" ? told : `HTTP ${response.status}`;
  return { fetched: { kind: "unreachable", why, detail } };
}

/** A wrong hash of a node that came in an encoding of the sender's own says nothing of what it stores. */
function withEncoding({ kind }: Cid, verdict: Verdict, content: Uint8Array | null): Verdict {
  if (kind !== "dag-node" || verdict.kind !== "mismatch" || content === null) return verdict;
  const decoded = decodeDagNode(content);
  const isOdd = decoded.kind === "node" && decoded.oddities.length > 0;
  return isOdd ? { kind: "unverifiable", why: "encoding", computed: verdict.computed } : verdict;
}

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
