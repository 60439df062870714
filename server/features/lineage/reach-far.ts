import type { NetworkName } from "../../kernel/networks.ts";
import { grades } from "./graph-rules.ts";
import { type GraphCtx, loadNodes, momentOf, type NodeRow, walk } from "./graph-store.ts";
import { mostDepth, mostReached, reachWidth } from "./limit-rules.ts";
import { openRoot } from "./open-root.ts";

export type FarNode = NodeRow & { hop: number };
type Reaching = { network: NetworkName; root: string; asOf?: string | null | undefined; isForward: boolean };

/** Everything on one side of a root, up to `mostReached` nodes; the root is left out. */
export async function reachFar(
  ctx: GraphCtx,
  { network, root, asOf, isForward }: Reaching,
): Promise<{ nodes: FarNode[]; isCut: boolean }> {
  const { id } = await openRoot(ctx, network, root);
  const at = momentOf(ctx, asOf);
  const most = mostReached + 1;
  const reached = await walk(ctx, {
    root: id,
    isForward,
    depth: mostDepth,
    most,
    width: reachWidth,
    asOf: at,
    grades,
  });
  const names = await loadNodes(
    ctx,
    reached.map((node) => node.id),
  );
  const nodes = reached.flatMap(({ id: of, hop }) => {
    const name = names.get(of);
    return name && hop > 0 ? [{ ...name, hop }] : [];
  });
  return { nodes, isCut: reached.length >= most };
}
