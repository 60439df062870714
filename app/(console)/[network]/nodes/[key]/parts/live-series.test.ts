import { describe, expect, it } from "vitest";
import type { Line, NodeSeries } from "../../../../../../server/features/nodes/history-schema.ts";
import { type LivePoint, livePointSchema } from "../../../../../../server/features/nodes/schema.ts";
import { aNodeRow } from "../../parts/testing/a-node-row.ts";
import { withLivePoint } from "./live-series.ts";

const start = new Date("2026-11-23T03:00:00.000Z");
const afterStart = (ms: number) => new Date(start.getTime() + ms);

function aLine(name: Line["name"], values: Line["values"]): Line {
  return { name, unit: "ratio", values, current: values.at(-1) ?? null };
}

function aSeries(stepMs: number, lines: Line[]): NodeSeries {
  const points = lines[0]?.values.length ?? 0;
  const to = afterStart(points * stepMs).toISOString();
  return {
    at: to,
    steps: {
      from: start.toISOString(),
      to,
      grain: "1m",
      stepMs,
      start: start.toISOString(),
      points,
      partialFrom: afterStart((points - 1) * stepMs).toISOString(),
    },
    panels: [{ kind: "cpu_memory", lines }],
    heatmap: null,
    gaps: [],
    hasTelemetry: true,
  };
}

function aPoint(changes: Partial<LivePoint>): LivePoint {
  return { ...livePointSchema.parse(aNodeRow()), ...changes };
}

const linesOf = (series: NodeSeries) => series.panels[0]?.lines ?? [];

describe("a live reading on the charts of a node", () => {
  it("begins a new step and lets the oldest go when the step is over", () => {
    const series = aSeries(1_000, [aLine("cpu", [0.1, 0.2, 0.3]), aLine("put", [5, 6, 7])]);
    const next = withLivePoint(series, aPoint({ cpu: 0.9 }), afterStart(3_400));
    expect(linesOf(next).map((line) => line.values)).toEqual([
      [0.2, 0.3, 0.9],
      [6, 7, null],
    ]);
    expect(next.steps.start).toBe(afterStart(1_000).toISOString());
    expect(next.steps.partialFrom).toBe(afterStart(3_000).toISOString());
  });

  it("is a part of the mean of the running minute", () => {
    const series = aSeries(60_000, [aLine("cpu", [0.5, 0.4])]);
    const next = withLivePoint(series, aPoint({ cpu: 0.8 }), afterStart(64_000));
    expect(linesOf(next)[0]?.values).toEqual([0.5, 0.5]);
    expect(linesOf(next)[0]?.current).toBe(0.8);
  });

  it("stands in for the percentiles of the running minute", () => {
    const series = aSeries(60_000, [aLine("p99", [120, 130])]);
    expect(linesOf(withLivePoint(series, aPoint({ p99Ms: 150 }), afterStart(70_000)))[0]?.values).toEqual([
      120, 150,
    ]);
  });

  it("moves only the legend where a step is an hour", () => {
    const series = aSeries(3_600_000, [aLine("cpu", [0.5, 0.4]), aLine("p99", [120, 130])]);
    const next = withLivePoint(series, aPoint({ cpu: 0.9, p99Ms: 900 }), afterStart(3_700_000));
    expect(linesOf(next).map((line) => line.values)).toEqual([
      [0.5, 0.4],
      [120, 130],
    ]);
    expect(linesOf(next).map((line) => line.current)).toEqual([0.9, 900]);
  });

  it("leaves a gap where it has no reading", () => {
    const series = aSeries(1_000, [aLine("cpu", [0.1, 0.2])]);
    const next = withLivePoint(series, aPoint({ cpu: null }), afterStart(2_100));
    expect(linesOf(next)[0]?.values).toEqual([0.2, null]);
  });

  it("empties the window after a long pause instead of drawing across it", () => {
    const series = aSeries(1_000, [aLine("cpu", [0.1, 0.2, 0.3])]);
    const next = withLivePoint(series, aPoint({ cpu: 0.9 }), afterStart(60_000));
    expect(linesOf(next)[0]?.values).toEqual([null, null, 0.9]);
    expect(next.steps.start).toBe(afterStart(58_000).toISOString());
  });
});
