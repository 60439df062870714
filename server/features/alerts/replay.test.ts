import { expect, it } from "vitest";
import { ruleCatalogue } from "./catalogue.ts";
import { bandsOf, type Figure, replay } from "./replay.ts";
import { type EffectiveRule, withChanges } from "./rules.ts";

const minute = 60_000;
const start = Date.parse("2026-11-23T12:00:00Z");
const end = (figures: readonly Figure[]) => start + figures.length * 5 * minute;

function aRule(forMs: number): EffectiveRule {
  const [first] = ruleCatalogue;
  return { ...withChanges(first, {}, 0), breach: "above", limit: 10, forMs };
}

/** A figure for each five minutes. */
function figures(values: readonly (number | null)[]): Figure[] {
  return values.map((value, index) => ({ at: start + index * 5 * minute, value }));
}

const run = (forMs: number, values: readonly (number | null)[]) =>
  replay(aRule(forMs), figures(values), end(figures(values))).map(({ from, to }) => [
    (from - start) / minute,
    to === null ? null : (to - start) / minute,
  ]);

it.each<[string, number, (number | null)[], (number | null)[][]]>([
  ["nothing over the limit never fires", 0, [1, 2, 10], []],
  ["at once fires at once, and resolves a minute after it is fine", 0, [1, 11, 1], [[5, 11]]],
  ["what does not last does not fire", 6 * minute, [1, 11, 1], []],
  ["what lasts fires when it has lasted", 6 * minute, [1, 11, 11, 1], [[11, 16]]],
  ["what still lasts has no end", 6 * minute, [11, 11], [[6, null]]],
  ["a gap does not end what fires", 0, [11, null, null, 11, 1], [[0, 21]]],
  ["a gap makes what is pending start over", 6 * minute, [11, null, 11, 11], [[16, null]]],
  [
    "two troubles apart are two",
    0,
    [11, 1, 11, 1],
    [
      [0, 6],
      [10, 16],
    ],
  ],
])("%s", (_, forMs, values, episodes) => {
  expect(run(forMs, values)).toEqual(episodes);
});

it("joins what overlaps into one band", () => {
  const bands = bandsOf(
    [
      { from: 5, to: 9 },
      { from: 0, to: 6 },
      { from: 20, to: null },
    ],
    30,
  );
  expect(bands).toEqual([
    { from: 0, to: 9 },
    { from: 20, to: 30 },
  ]);
});
