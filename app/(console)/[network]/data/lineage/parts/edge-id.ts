import { edgeKinds } from "../../../../../../server/features/lineage/graph-rules.ts";
import type { EdgeInput, GraphEdge } from "../../../../../../server/features/lineage/schema.ts";

/** How an edge stands in the address. */
export function edgeId({ from, to, kind }: Pick<GraphEdge, "from" | "to" | "kind">): string {
  return `${from}-${to}-${kind}`;
}

export function parseEdgeId(id: string): Omit<EdgeInput, "network"> | null {
  const [, from, to, word] = /^(\d+)-(\d+)-([a-z-]+)$/.exec(id) ?? [];
  const kind = edgeKinds.find((known) => known === word);
  return from && to && kind ? { from, to, kind } : null;
}
