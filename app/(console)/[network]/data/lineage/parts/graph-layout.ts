import type { GraphEdge, GraphNode } from "../../../../../../server/features/lineage/schema.ts";

export const box = { width: 172, height: 42, columnGap: 84, rowGap: 14, margin: 28 } as const;

export type Placed = { node: GraphNode; x: number; y: number };
export type DrawnEdge = { edge: GraphEdge; path: string };
export type Layout = { placed: Placed[]; edges: DrawnEdge[]; width: number; height: number };

const sweeps = 4;

/**
 * Columns are hops from the root, upstream to the left; in a column things stand near what they are joined to (mean
 * position of their neighbours, a few times back and forth). Pure and quick for the 200 that are drawn at most.
 */
export function layoutGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Layout {
  const hops = [...new Set(nodes.map(({ hop }) => hop))].sort((a, b) => a - b);
  const columns = hops.map((hop) => nodes.filter((node) => node.hop === hop));
  const ordered = order(columns, neighboursOf(edges));
  const tallest = Math.max(1, ...ordered.map((column) => column.length));
  const pitch = box.height + box.rowGap;
  const placed = ordered.flatMap((column, index) =>
    column.map((node, row) => ({
      node,
      x: box.margin + index * (box.width + box.columnGap),
      y: box.margin + ((tallest - column.length) / 2 + row) * pitch,
    })),
  );
  return {
    placed,
    edges: route(placed, edges),
    width: 2 * box.margin + hops.length * (box.width + box.columnGap) - box.columnGap,
    height: 2 * box.margin + tallest * pitch - box.rowGap,
  };
}

function neighboursOf(edges: readonly GraphEdge[]): Map<string, string[]> {
  const near = new Map<string, string[]>();
  const add = (from: string, to: string) => near.set(from, [...(near.get(from) ?? []), to]);
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return near;
}

function order(columns: readonly GraphNode[][], near: ReadonlyMap<string, readonly string[]>): GraphNode[][] {
  const current = columns.map((column) => [...column]);
  const places = new Map<string, number>();
  const note = (column: readonly GraphNode[]) => {
    for (const [row, { id }] of column.entries()) places.set(id, row - column.length / 2);
  };
  for (const column of current) note(column);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const way = sweep % 2 === 0 ? current : [...current].reverse();
    for (const column of way) {
      const wish = new Map(
        column.map(({ id }) => [id, meanPlace(near.get(id) ?? [], places) ?? places.get(id) ?? 0]),
      );
      column.sort((a, b) => (wish.get(a.id) ?? 0) - (wish.get(b.id) ?? 0));
      note(column);
    }
  }
  return current;
}

function meanPlace(ids: readonly string[], places: ReadonlyMap<string, number>): number | null {
  const found = ids.flatMap((id) => places.get(id) ?? []);
  return found.length === 0 ? null : found.reduce((sum, place) => sum + place, 0) / found.length;
}

/** From the right side of one to the left of the other; within a column and backwards, around the right. */
function route(placed: readonly Placed[], edges: readonly GraphEdge[]): DrawnEdge[] {
  const at = new Map(placed.map((place) => [place.node.id, place]));
  return edges.flatMap((edge) => {
    const from = at.get(edge.from);
    const to = at.get(edge.to);
    if (!from || !to) return [];
    const [x1, y1, y2] = [from.x + box.width, from.y + box.height / 2, to.y + box.height / 2];
    if (to.x <= from.x) {
      const x2 = to.x + box.width;
      const out = Math.max(x1, x2) + box.columnGap / 2;
      return [{ edge, path: `M${x1},${y1} C${out},${y1} ${out},${y2} ${x2 + 5},${y2}` }];
    }
    const middle = (x1 + to.x) / 2;
    return [{ edge, path: `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${to.x - 5},${y2}` }];
  });
}
