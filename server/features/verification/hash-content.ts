import { openBlake3 } from "../../kernel/cid/blake3.ts";
import type { Cid } from "../../kernel/cid/cid.ts";
import { decodeDagNode } from "../../kernel/cid/decode-dag-node.ts";
import { type Fetched, type Verdict, verifyBlock } from "../../kernel/cid/verify-block.ts";
import type { ContentAsk, ContentFailure, ContentStore } from "../../ports/content-store.ts";

/** One block as one node served it, judged. Milliseconds from the start of the connection. */
export type CheckedContent = { verdict: Verdict; bytes: number; firstByteMs: number | null; totalMs: number };

/** Reads all of it, hashing as it comes: nothing is kept but a DAG node, which has to be decoded when it is wrong. */
export async function hashContent(
  store: ContentStore,
  ask: Omit<ContentAsk, "range">,
  signal: AbortSignal,
): Promise<CheckedContent> {
  const started = performance.now();
  const opened = await store.open({ ...ask, range: null }, signal);
  const failedAt = () => Math.round(performance.now() - started);
  if (opened.kind === "failed")
    return {
      verdict: verifyBlock(ask.cid, toFetched(opened)),
      bytes: 0,
      firstByteMs: null,
      totalMs: failedAt(),
    };
  const hasher = await openBlake3();
  const kept: Uint8Array[] = [];
  let bytes = 0;
  let part = await opened.body.next();
  for (; !part.done; part = await opened.body.next()) {
    hasher.update(part.value);
    bytes += part.value.length;
    if (ask.cid.kind === "dag-node") kept.push(part.value);
  }
  const fetched: Fetched =
    part.value.kind === "complete" ? { kind: "hashed", digest: hasher.digest() } : toFetched(part.value);
  return {
    verdict: withEncoding(ask.cid, verifyBlock(ask.cid, fetched), kept),
    bytes,
    firstByteMs: Math.round(opened.firstByteMs),
    totalMs: failedAt(),
  };
}

function toFetched({ why, detail }: ContentFailure): Fetched {
  return why === "too_large" ? { kind: "unhashed", why } : { kind: "unreachable", why, detail };
}

/** A wrong hash of a node that came in an encoding of the sender's own says nothing of what it stored. */
function withEncoding({ kind }: Cid, verdict: Verdict, parts: readonly Uint8Array[]): Verdict {
  if (kind !== "dag-node" || verdict.kind !== "mismatch") return verdict;
  const decoded = decodeDagNode(Buffer.concat(parts));
  const isOdd = decoded.kind === "node" && decoded.oddities.length > 0;
  return isOdd ? { kind: "unverifiable", why: "encoding", computed: verdict.computed } : verdict;
}
