import { expect, it } from "vitest";
import { box } from "../../../../../_client/lineage/graph-layout.ts";
import { viewOfAll, viewOfRoot, zooms } from "./view-of.ts";

const screen = { width: 1000, height: 500 };
const wide = { root: { x: 0, y: 0 }, middle: { x: 2000, y: 1000 }, end: { x: 4000, y: 2000 } };

it("shows all of a small graph in the middle, at its own size", () => {
  const { zoom, x, y } = viewOfAll({ root: { x: 0, y: 0 } }, screen);
  expect([zoom, x, y]).toEqual([1, (1000 - box.width) / 2, (500 - box.height) / 2]);
});

it("shows all of a large one smaller, and never too small to be found", () => {
  const { zoom } = viewOfAll(wide, screen);
  expect(zoom).toBeCloseTo((500 - 80) / (2000 + box.height), 5);
  expect(viewOfAll({ far: { x: 1e6, y: 0 } }, screen).zoom).toBe(zooms.least);
});

it("shows one thing in the middle, but no empty plane beside the graph", () => {
  const { zoom, x, y } = viewOfRoot(wide, "middle", screen);
  expect(x + (2000 + box.width / 2) * zoom).toBeCloseTo(500, 5);
  expect(y + (1000 + box.height / 2) * zoom).toBeCloseTo(250, 5);
  expect(viewOfRoot(wide, "root", screen)).toMatchObject({ x: 40, y: 40 });
  expect(viewOfRoot(wide, "end", screen).x + (4000 + box.width) * zoom).toBeCloseTo(960, 5);
});
