import { openBlake3 } from "../../kernel/cid/blake3.ts";
import type { Cid } from "../../kernel/cid/cid.ts";
import type { DagLink } from "../../kernel/cid/dag-node.ts";
import { decodeDagNode } from "../../kernel/cid/decode-dag-node.ts";
import { verifyBlock } from "../../kernel/cid/verify-block.ts";
import type { ContentAsk, ContentFailure, ContentStore } from "../../ports/content-store.ts";

/** A DAG node as one storage node served it. Links are believed only because the bytes hash to the CID. */
export type ServedNode =
  | { kind: "links"; links: readonly DagLink[] }
  | { kind: "wrong"; computed: Uint8Array; bytes: number; ms: number }
  | { kind: "no_node"; reason: string }
  | ContentFailure;

export async function readNode(
  store: ContentStore,
  ask: Omit<ContentAsk, "range">,
  signal: AbortSignal,
): Promise<ServedNode> {
  const started = performance.now();
  const opened = await store.open({ ...ask, range: null }, signal);
  if (opened.kind === "failed") return opened;
  const parts: Uint8Array[] = [];
  let part = await opened.body.next();
  for (; !part.done; part = await opened.body.next()) parts.push(part.value);
  if (part.value.kind === "failed") return part.value;
  const bytes = Buffer.concat(parts);
  return judge(ask.cid, bytes, performance.now() - started);
}

async function judge(cid: Cid, bytes: Uint8Array, ms: number): Promise<ServedNode> {
  const hasher = await openBlake3();
  hasher.update(bytes);
  const computed = hasher.digest();
  const verdict = verifyBlock(cid, { kind: "hashed", digest: computed });
  if (verdict.kind !== "verified") return { kind: "wrong", computed, bytes: bytes.length, ms };
  const decoded = decodeDagNode(bytes);
  return decoded.kind === "node"
    ? { kind: "links", links: decoded.node.links }
    : { kind: "no_node", reason: `${decoded.reason} at byte ${decoded.at}` };
}
