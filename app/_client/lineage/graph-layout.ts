import { Graph, layout } from "@dagrejs/dagre";

/** Size of a box, in pixels at zoom 1. */
export const box = { width: 188, height: 44 } as const;

const gaps = {
  rankdir: "LR",
  nodesep: 16,
  edgesep: 8,
  ranksep: 96,
  acyclicer: "greedy",
  ranker: "tight-tree",
} as const;

export type Edge = { from: string; to: string };
export type GraphShape = { ids: readonly string[]; edges: readonly Edge[] };
/** Left upper corner of a box, in pixels at zoom 1. */
export type Place = { x: number; y: number };
export type Places = Readonly<Record<string, Place>>;

/** Layers from left to right along the edges, few crossings (dagre). Takes up to a second for 200 boxes and 400 edges. */
export function layoutGraph({ ids, edges }: GraphShape): Places {
  const graph = new Graph();
  graph.setGraph(gaps);
  for (const id of ids) graph.setNode(id, { ...box });
  // Several edges between two boxes are one to the layout.
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to, {});
  layout(graph);
  return Object.fromEntries(
    ids.map((id) => {
      const { x, y } = graph.node(id);
      return [id, { x: x - box.width / 2, y: y - box.height / 2 }];
    }),
  );
}
