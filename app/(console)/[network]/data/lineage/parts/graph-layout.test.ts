import { expect, it } from "vitest";
import type { GraphEdge, GraphNode } from "../../../../../../server/features/lineage/schema.ts";
import { box, layoutGraph } from "./graph-layout.ts";

const none = { edges: 0, isMore: false };
const node = (id: string, hop: number): GraphNode => ({
  id,
  kind: "dataset",
  key: id,
  hop,
  run: null,
  hiddenUp: none,
  hiddenDown: none,
});
const edge = (from: string, to: string): GraphEdge => ({
  from,
  to,
  kind: "read",
  grade: "recorded",
  validFrom: "2026-11-23T00:00:00.000Z",
  validTo: null,
});

it("stands upstream left of the root and downstream right of it, one column a hop", () => {
  const { placed } = layoutGraph([node("1", 0), node("2", -1), node("3", 1), node("4", -2)], []);
  expect([...placed].sort((a, b) => a.x - b.x).map(({ node: { id } }) => id)).toEqual(["4", "2", "1", "3"]);
});

it("lays no two things over each other, whatever the graph", () => {
  const nodes = Array.from({ length: 200 }, (_, index) => node(String(index), (index % 7) - 3));
  const edges = nodes.flatMap((_, index) => [
    edge(String(index), String((index * 7) % 200)),
    edge(String(index), String((index * 3) % 200)),
  ]);
  const { placed, width, height } = layoutGraph(nodes, edges);
  const places = new Set(placed.map(({ x, y }) => `${x} ${y}`));
  expect(places.size).toBe(200);
  for (const { x, y } of placed) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + box.width).toBeLessThanOrEqual(width);
    expect(y + box.height).toBeLessThanOrEqual(height);
  }
});

it("keeps pairs beside each other instead of crossing their lines", () => {
  const nodes = [node("a", 0), node("b", 0), node("c", 1), node("d", 1)];
  const { placed } = layoutGraph(nodes, [edge("a", "d"), edge("b", "c")]);
  const y = (id: string) => placed.find((place) => place.node.id === id)?.y;
  expect([y("a"), y("b")]).toEqual([y("d"), y("c")]);
});
