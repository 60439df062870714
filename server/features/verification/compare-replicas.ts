import { type Cid, digestHex } from "../../kernel/cid/cid.ts";
import { limiter } from "../../kernel/limiter.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type ContentNode, listContentNodes } from "./content-nodes.ts";
import { findDifference } from "./find-difference.ts";
import { hashContent } from "./hash-content.ts";
import type { Replica, ReplicaLine } from "./schema.ts";
import { flatVerdict } from "./verification-rules.ts";

export type CompareReplicasInput = {
  network: NetworkName;
  bucket: string;
  cid: Cid;
  token: string | null;
  maxBytes: number;
};

const askedAtOnce = 6;
const askedAtMost = 40;
const limitMs = 20_000;

/**
 * Asks the nodes of the bucket's cluster for the same CID, a few at once, and tells of each as soon as it answered. The
 * CID decides which bytes are right, not the majority. Ends early when the signal aborts.
 */
export async function* compareReplicas(
  ctx: Pick<Ctx, "db" | "deps" | "clock">,
  input: CompareReplicasInput,
  signal: AbortSignal,
): AsyncGenerator<ReplicaLine> {
  const nodes = (await listContentNodes(ctx.db, input)).slice(0, askedAtMost);
  const names = nodes.map(({ key, name, region }) => ({ node: key, name, region }));
  const at = ctx.clock.now().toISOString();
  yield { kind: "asking", at, expected: digestHex(input.cid.digest), nodes: names };
  const replicas: Replica[] = [];
  for await (const replica of asTheyAnswer(ctx, nodes, { input, signal })) {
    replicas.push(replica);
    yield { kind: "replica", replica };
  }
  const difference = await differenceIn(ctx, { replicas, nodes, input }, signal);
  if (difference) yield { kind: "difference", difference };
  yield { kind: "done", at: ctx.clock.now().toISOString() };
}

type Asking = { input: CompareReplicasInput; signal: AbortSignal };

async function* asTheyAnswer(
  ctx: Pick<Ctx, "deps">,
  nodes: readonly ContentNode[],
  { input, signal }: Asking,
): AsyncGenerator<Replica> {
  const runLimited = limiter(askedAtOnce);
  const waiting = new Map(
    nodes.map((node) => [node.key, runLimited(() => askNode(ctx, node, { input, signal }))]),
  );
  while (waiting.size > 0) {
    const replica = await Promise.race(waiting.values());
    waiting.delete(replica.node);
    yield replica;
  }
}

async function askNode(
  { deps }: Pick<Ctx, "deps">,
  node: ContentNode,
  { input, signal }: Asking,
): Promise<Replica> {
  const { key, name, region, target } = node;
  const limit = AbortSignal.timeout(limitMs);
  try {
    const both = AbortSignal.any([signal, limit]);
    const { verdict, ...figures } = await hashContent(deps.contentStore, { ...input, target }, both);
    return { node: key, name, region, ...flatVerdict(verdict), ...figures };
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
    const late = {
      kind: "unreachable",
      why: "timeout",
      detail: `No end within ${limitMs / 1_000} s.`,
    } as const;
    return { node: key, name, region, ...flatVerdict(late), bytes: 0, firstByteMs: null, totalMs: limitMs };
  }
}

/** Of one node that is wrong, against one that is right: the others that are wrong have hashes to tell them by. */
async function differenceIn(
  { deps }: Pick<Ctx, "deps">,
  of: { replicas: readonly Replica[]; nodes: readonly ContentNode[]; input: CompareReplicasInput },
  signal: AbortSignal,
) {
  const targetOf = (verdict: Replica["verdict"]) => {
    const replica = of.replicas.find((candidate) => candidate.verdict === verdict);
    return replica && of.nodes.find(({ key }) => key === replica.node);
  };
  const wrong = targetOf("mismatch");
  const right = targetOf("verified");
  if (!wrong || !right) return null;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  return findDifference(deps.contentStore, { ask: of.input, wrong, right }, limited);
}
