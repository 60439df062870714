import { describe, expect, it } from "vitest";
import { judge, type Sample } from "./analysis-rules.ts";

const plan = {
  minSample: 100,
  intervalSeconds: 10,
  errorPoints: 1,
  latencyP99Percent: 20,
  latencyIntervals: 3,
};
const sample = (count: number, failed = 0, p99Ms: number | null = 40): Sample => ({ count, failed, p99Ms });

describe("judge", () => {
  it.each([
    ["alike", sample(900, 4), sample(100), "pass"],
    ["five in a hundred fail", sample(900), sample(100, 5), "fail"],
    ["both fail alike", sample(900, 45), sample(100, 5), "pass"],
    ["over the limit, by chance or not", sample(100, 1), sample(100, 3), "inconclusive"],
    ["too few of the candidate", sample(900), sample(99, 50), "inconclusive"],
    ["too few of the stable version", sample(20), sample(500), "inconclusive"],
    ["no latency", sample(900, 0, null), sample(100, 0, null), "inconclusive"],
    ["slower by what nobody feels", sample(900, 0, 2), sample(100, 0, 6), "pass"],
    ["slower, for the first time", sample(900, 0, 40), sample(100, 0, 80), "inconclusive"],
  ])("%s", (_what, stable, candidate, expected) => {
    expect(judge(plan, { stable, candidate }, 0).result).toBe(expected);
  });

  it("fails latency after enough intervals in a row only", () => {
    const slow = { stable: sample(900, 0, 40), candidate: sample(100, 0, 80) };
    expect(judge(plan, slow, 1)).toMatchObject({ result: "inconclusive", latencyOvers: 2 });
    expect(judge(plan, slow, 2)).toMatchObject({ result: "fail", latencyOvers: 3 });
    expect(judge(plan, { stable: sample(900), candidate: sample(100) }, 2).latencyOvers).toBe(0);
  });
});
