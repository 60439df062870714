import { expect, it } from "vitest";
import { decadesIn, heatLevel, heatSteps, logShare } from "./heat-scale.ts";

it("leaves a cell without requests empty and gives the greatest the strongest colour", () => {
  expect([heatLevel(0, 9_000), heatLevel(1, 9_000), heatLevel(9_000, 9_000)]).toEqual([0, 1, 7]);
  expect(heatLevel(1, 1)).toBe(7);
});

it("names in the legend the counts at which colours begin", () => {
  const steps = heatSteps(9_000);
  expect(steps.at(0)).toEqual({ level: 1, from: 1 });
  for (const { level, from } of steps) expect(heatLevel(from, 9_000)).toBeGreaterThanOrEqual(level);
  expect(heatSteps(0)).toEqual([]);
});

it("places values by their logarithm", () => {
  const edges = [1, 10, 100, 1_000];
  expect([logShare(1, edges), logShare(1_000, edges), logShare(5_000, edges)]).toEqual([0, 1, 1]);
  expect(logShare(10, edges)).toBeCloseTo(1 / 3);
  expect(decadesIn(edges)).toEqual([1, 10, 100, 1_000]);
});
