import { expect, it } from "vitest";
import type { SideSummary } from "../../../../../../server/features/replays/schema.ts";
import { compareFigures } from "./compare-figures.ts";

const side = (parts: Partial<SideSummary> = {}): SideSummary => ({
  finished: 90,
  failed: 10,
  unhandled: 0,
  empty: 9,
  p50Ms: 100,
  p95Ms: 200,
  p99Ms: 300,
  maxMs: 400,
  fetches: 0,
  lines: 0,
  ...parts,
});
const judged = (label: string, parts: Partial<SideSummary>) =>
  compareFigures(side(), side(parts)).find((row) => row.label === label);

it.each<[string, Partial<SideSummary>, string, object | null]>([
  ["Finished", { finished: 95, failed: 5 }, "better", { value: 5, unit: "" }],
  ["Failed", { finished: 95, failed: 5 }, "better", { value: -5, unit: "pt" }],
  ["Failed", { finished: 80, failed: 20 }, "worse", { value: 10, unit: "pt" }],
  ["Failed", { finished: 0, failed: 0, unhandled: 100 }, "unknown", null],
  ["Time p50", { p50Ms: 102.5 }, "same", { value: 2.5, unit: "%" }],
  ["Time p50", { p50Ms: 103 }, "worse", { value: 3, unit: "%" }],
  ["Time p99", { p99Ms: 150 }, "better", { value: -50, unit: "%" }],
  ["Time max", { maxMs: null }, "unknown", null],
  ["Empty result", { empty: 9 }, "same", { value: 0, unit: "pt" }],
  ["Not engaged", { unhandled: 4 }, "unknown", { value: 4, unit: "" }],
])("judges %s", (label, parts, verdict, difference) => {
  expect(judged(label, parts)).toMatchObject({ judged: verdict, difference });
});
