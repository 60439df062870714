import { expect, it } from "vitest";
import { box, type Edge, layoutGraph } from "./graph-layout.ts";

const edge = (from: string, to: string): Edge => ({ from, to });

it("stands what something came from left of it, and what became of it right", () => {
  const places = layoutGraph({
    ids: ["now", "before", "after", "first"],
    edges: [edge("now", "after"), edge("before", "now"), edge("first", "before")],
  });
  const byX = Object.entries(places).sort(([, a], [, b]) => a.x - b.x);
  expect(byX.map(([id]) => id)).toEqual(["first", "before", "now", "after"]);
});

it("lays no two boxes over each other, whatever the graph", () => {
  const ids = Array.from({ length: 200 }, (_, index) => String(index));
  const edges = ids.flatMap((id, index) => [
    edge(id, String((index * 7) % 200)),
    edge(id, String((index * 3) % 200)),
    edge(id, id),
  ]);
  const places = Object.values(layoutGraph({ ids, edges }));
  expect(places).toHaveLength(200);
  for (const [index, one] of places.entries())
    for (const other of places.slice(index + 1))
      expect(Math.abs(one.x - other.x) >= box.width || Math.abs(one.y - other.y) >= box.height).toBe(true);
});

it("draws things that are joined to nothing, leaves out edges to what is not drawn, and draws cycles", () => {
  const places = layoutGraph({
    ids: ["a", "b", "c"],
    edges: [edge("a", "gone"), edge("a", "b"), edge("b", "a")],
  });
  expect(Object.keys(places)).toEqual(["a", "b", "c"]);
  expect(layoutGraph({ ids: [], edges: [] })).toEqual({});
});
