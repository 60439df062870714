import { describe, expect, it } from "vitest";
import type { Line, NodeSeries } from "../../../../../../server/features/nodes/history-schema.ts";
import { totalsOf } from "./operation-totals.ts";

function aLine(name: Line["name"], values: Line["values"], unit: Line["unit"] = "per_second"): Line {
  return { name, unit, values, current: null };
}

function aSeries(kind: "operations" | "failures", lines: Line[]): NodeSeries {
  const at = "2026-11-23T03:00:00.000Z";
  const steps = {
    from: at,
    to: at,
    grain: "1m",
    stepMs: 60_000,
    start: at,
    points: 3,
    partialFrom: null,
  } as const;
  return { at, steps, panels: [{ kind, lines }], heatmap: null, gaps: [], hasTelemetry: true };
}

describe("what the operations of a range add up to", () => {
  it("counts requests from rates, most first, each with its share", () => {
    const series = aSeries("operations", [aLine("put", [1, 1, 1]), aLine("get", [3, 3, 3])]);
    expect(totalsOf(series, "operations")).toEqual([
      { name: "get", requests: 540, meanPerSecond: 3, peakPerSecond: 3, share: 0.75 },
      { name: "put", requests: 180, meanPerSecond: 1, peakPerSecond: 1, share: 0.25 },
    ]);
  });

  it("leaves gaps out of mean and sum", () => {
    const series = aSeries("operations", [aLine("get", [2, null, 4])]);
    expect(totalsOf(series, "operations")[0]).toMatchObject({
      requests: 360,
      meanPerSecond: 3,
      peakPerSecond: 4,
    });
  });

  it("says nothing of a line that is all gap, and shares nothing of nothing", () => {
    const series = aSeries("operations", [aLine("get", [null, null, null])]);
    expect(totalsOf(series, "operations")[0]).toMatchObject({
      meanPerSecond: null,
      peakPerSecond: null,
      share: null,
    });
  });

  it("leaves out what is no rate", () => {
    const series = aSeries("failures", [
      aLine("internal", [1, 0, 0]),
      aLine("failure_ratio", [0.1, 0, 0], "ratio"),
    ]);
    expect(totalsOf(series, "failures").map(({ name }) => name)).toEqual(["internal"]);
  });
});
