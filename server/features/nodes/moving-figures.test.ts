import { expect, it } from "vitest";
import { whoseTurn } from "./moving-figures.ts";

const start = Date.parse("2026-11-23T12:00:00.000Z");
const nodeIds = Array.from({ length: 10 }, (_, index) => index + 1);

it("reads an eighth of the nodes at each look, each in its turn, and nobody waits longer than eight seconds", () => {
  const reads = new Map<number, number>();
  const look = (ms: number) => {
    const at = new Date(start + ms);
    const due = whoseTurn(nodeIds, { at, readAt: (node) => reads.get(node) });
    for (const node of due) reads.set(node, at.getTime());
    return due;
  };
  expect(look(0)).toEqual(nodeIds);
  expect([look(1_000), look(2_000), look(3_000), look(4_000)]).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ]);
  expect(look(7_000)).toEqual([9, 10]);
  // 1 and 2 have waited for eight seconds, and nobody longer.
  expect(look(9_000)).toEqual([1, 2]);
  expect(look(20_000).toSorted((a, b) => a - b)).toEqual(nodeIds);
});

it("reads again what was read later than the moment that is asked for", () => {
  const at = new Date(start);
  expect(whoseTurn(nodeIds, { at, readAt: () => start + 1 })).toEqual(nodeIds);
});
