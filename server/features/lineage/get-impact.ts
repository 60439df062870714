import type { GraphCtx } from "./graph-store.ts";
import { reachFar } from "./reach-far.ts";
import type { Impact, ReachInput } from "./schema.ts";

const mostListed = 200;

/** What depends on the root, as far as the graph goes: everything downstream, nearest first. */
export async function getImpact(ctx: GraphCtx, input: ReachInput): Promise<Impact> {
  const { nodes, isCut } = await reachFar(ctx, { ...input, isForward: true });
  const byKind = Map.groupBy(nodes, ({ kind }) => kind);
  return {
    counts: [...byKind].map(([kind, of]) => ({ kind, nodes: of.length })),
    nodes: nodes.slice(0, mostListed).map(({ id, kind, key, hop }) => ({ id, kind, key, hop })),
    isCut,
  };
}
