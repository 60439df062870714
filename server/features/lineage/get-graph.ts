import { countEdges, edgesAmong, type GraphCtx, hiddenOf, loadNodes, momentOf, walk } from "./graph-store.ts";
import { mostNodes } from "./limit-rules.ts";
import { openRoot } from "./open-root.ts";
import type { GraphEdge, GraphInput, GraphNode, LineageGraph } from "./schema.ts";

/** The graph around a root as it was at a time: at most 200 nodes, and of each how many edges are not drawn. */
export async function getGraph(ctx: GraphCtx, input: GraphInput): Promise<LineageGraph> {
  const root = await openRoot(ctx, input.network, input.root);
  const asOf = momentOf(ctx, input.asOf);
  const hops = await reach(ctx, { ...input, rootId: root.id, at: asOf });
  const visible = { ids: [...hops.keys()], asOf, grades: input.grades };
  const [names, edges, degrees] = await Promise.all([
    loadNodes(ctx, visible.ids),
    edgesAmong(ctx, visible),
    countEdges(ctx, visible),
  ]);
  const drawn = { up: countBy(edges, "to"), down: countBy(edges, "from") };
  const nodes = [...hops].flatMap(([id, hop]): GraphNode[] => {
    const name = names.get(id);
    const degree = degrees.get(id);
    if (!name || !degree) return [];
    const hiddenUp = hiddenOf(degree.up, drawn.up.get(id) ?? 0);
    const hiddenDown = hiddenOf(degree.down, drawn.down.get(id) ?? 0);
    return [{ ...name, hop, hiddenUp, hiddenDown }];
  });
  return { root: root.id, nodes, edges, isCut: hops.size >= mostNodes, asOf: asOf.toISOString() };
}

type Reaching = GraphInput & { rootId: string; at: Date };

/** Hop of each node. What one side leaves of the 200 is the other's. */
async function reach(ctx: GraphCtx, input: Reaching): Promise<Map<string, number>> {
  const { direction, depth, grades, opened, rootId, at } = input;
  const of = { root: rootId, depth, asOf: at, grades, opened };
  const hops = new Map<string, number>([[rootId, 0]]);
  if (direction !== "downstream") {
    const most = direction === "both" ? mostNodes / 2 : mostNodes;
    for (const { id, hop } of await walk(ctx, { ...of, isForward: false, most }))
      if (hop > 0) hops.set(id, -hop);
  }
  if (direction !== "upstream") {
    const most = mostNodes - hops.size + 1;
    for (const { id, hop } of await walk(ctx, { ...of, isForward: true, most }))
      if (!hops.has(id)) hops.set(id, hop);
  }
  return hops;
}

function countBy(edges: readonly GraphEdge[], end: "from" | "to"): Map<string, number> {
  const counts = new Map<string, number>();
  for (const edge of edges) counts.set(edge[end], (counts.get(edge[end]) ?? 0) + 1);
  return counts;
}
