import { describe, expect, it } from "vitest";
import { currentOf, greatest, type Series, silentGaps, stepAt } from "./chart-data.ts";

const steps = { start: 1_000, stepMs: 100, points: 6 };
const series = (values: readonly (number | null)[], more: Partial<Series> = {}): Series => ({
  id: "a",
  label: "a",
  colour: "cat-1",
  values,
  ...more,
});

describe("gaps", () => {
  it("are where every series is silent between steps that are known", () => {
    const lines = [series([null, 1, null, null, 2, null]), series([null, null, 3, null, null, null])];
    expect(silentGaps(steps, lines)).toEqual([{ from: 1_300, to: 1_400 }]);
  });

  it("are not claimed before the first and after the last value, nor where nothing is known at all", () => {
    expect(silentGaps(steps, [series([null, null, 1, 2, null, null])])).toEqual([]);
    expect(silentGaps(steps, [series([null, null, null, null, null, null])])).toEqual([]);
  });
});

it("finds the step of a moment, and none outside", () => {
  expect([stepAt(steps, 1_000), stepAt(steps, 1_599), stepAt(steps, 999), stepAt(steps, 1_600)]).toEqual([
    0,
    5,
    null,
    null,
  ]);
});

it("takes the newest known value for the legend unless told another, also an unknown one", () => {
  expect(currentOf(series([1, 2, null]))).toBe(2);
  expect(currentOf(series([1, 2, null], { current: null }))).toBeNull();
});

it("makes room for the sum where series are stacked", () => {
  const lines = [series([1, 5, null]), series([2, 3, 4])];
  expect(greatest(lines, true)).toBe(8);
  expect(greatest(lines, false)).toBe(5);
});
