import { describe, expect, it } from "vitest";
import { packCell } from "../../kernel/cells.ts";
import { latencyBin } from "../../kernel/latency.ts";
import { int8Array } from "../../kernel/pg-binary.ts";
import { resolveTimeRange } from "../../kernel/time-range.ts";
import {
  failureLines,
  heatmapOf,
  latencyLines,
  operationLines,
  type RollupRow,
  readActivity,
  stepsWithActivity,
} from "./activity-series.ts";
import {
  drawnGauges,
  type Gauge,
  type GaugeWindow,
  type ReadingRow,
  readingLines,
} from "./reading-series.ts";
import { bridgeQuiet, gapsOf } from "./steps.ts";

const at = new Date("2026-11-23T12:10:30.000Z");
const range = resolveTimeRange({ from: "2026-11-23T12:00:00Z", to: "now" }, at);
const fine = resolveTimeRange(
  { from: "2026-11-23T12:00:00Z", to: "now" },
  new Date("2026-11-23T12:10:00.000Z"),
);
const minute = (index: number) => new Date(range.start.getTime() + index * 60_000);

type Count = { operation?: number; status?: number; ms?: number; count: number };
function rollup(index: number, ...counts: Count[]): RollupRow {
  const cells = counts.map(({ operation = 1, status = 0, ms = 10, count }) =>
    packCell(operation, status, latencyBin(ms * 1_000), count),
  );
  return { at: minute(index), cells: int8Array(cells) };
}

function activityOf(rows: RollupRow[], reported: boolean[] = new Array<boolean>(range.points).fill(false)) {
  const active = stepsWithActivity(rows, range);
  const heard = bridgeQuiet(
    active.map((isActive, step) => isActive || reported[step] === true),
    range.stepMs,
  );
  return { activity: readActivity(rows, range, { heard, at }), heard };
}

const values = (lines: { name: string; values: (number | null)[] }[], name: string) =>
  lines.find((line) => line.name === name)?.values;

describe("activity in steps", () => {
  it("is a gap where the node was not heard and 0 where it only reported", () => {
    expect(range).toMatchObject({ points: 11, stepMs: 60_000 });
    const reported = range.start
      ? [true, true, true, false, false, true, true, false, false, false, false]
      : [];
    const { activity } = activityOf([rollup(0, { count: 120 }), rollup(5, { count: 60 })], reported);
    expect(values(operationLines(activity), "get")).toEqual([
      2,
      0,
      0,
      null,
      null,
      1,
      0,
      null,
      null,
      null,
      null,
    ]);
  });

  it("divides the running minute by what has passed of it", () => {
    const { activity } = activityOf([rollup(9, { count: 60 }), rollup(10, { count: 60 })]);
    expect(values(operationLines(activity), "get")?.slice(9)).toEqual([1, 2]);
  });

  it("tells operations and failures apart, and what a share is of", () => {
    const { activity } = activityOf([
      rollup(
        1,
        { operation: 0, count: 30 },
        { status: 3, count: 6 },
        { status: 1, count: 12 },
        { status: 2, count: 6 },
        { count: 66 },
      ),
    ]);
    expect(values(operationLines(activity), "put")?.[1]).toBe(0.5);
    const failures = failureLines(activity);
    expect(
      ["not_found", "internal", "unavailable", "failure_ratio"].map((name) => values(failures, name)?.[1]),
    ).toEqual([0.2, 0.1, 0.1, 0.1]);
  });

  it("takes percentiles over all windows of a step", () => {
    const { activity } = activityOf([
      rollup(2, { ms: 10, count: 99 }, { ms: 1_000, count: 1 }),
      rollup(3, { ms: 50, count: 1 }),
    ]);
    const [p50, p99] = ["p50", "p99"].map((name) => values(latencyLines(activity), name)?.[2]);
    expect(p50).toBeCloseTo(10, 0);
    expect(p99).toBeCloseTo(10, 0);
    expect(values(latencyLines(activity), "p99")?.[3]).toBeCloseTo(50, -1);
    expect(values(latencyLines(activity), "p99")?.[4]).toBeNull();
  });

  it("names the newest complete step as the current value, unless it is long ago", () => {
    const current = (rows: RollupRow[]) => operationLines(activityOf(rows).activity)[1]?.current;
    expect(current([rollup(9, { count: 60 }), rollup(10, { count: 600 })])).toBe(1);
    expect(current([rollup(4, { count: 60 })])).toBeNull();
  });
});

describe("the heatmap", () => {
  it("counts requests by doublings of latency, from the fastest to the slowest", () => {
    const rows = [
      rollup(0, { ms: 3, count: 5 }, { ms: 10, count: 7 }),
      rollup(1, { ms: 3, count: 2 }),
      rollup(4, { ms: 20, count: 9 }),
    ];
    const { heard } = activityOf(rows);
    const heatmap = heatmapOf(rows, range, { heard, at });
    expect(heatmap.edgesMs).toEqual([2, 4, 8, 16, 32]);
    expect(heatmap.counts.slice(0, 5)).toEqual([[5, 0, 7, 0], [2, 0, 0, 0], null, null, [0, 0, 0, 9]]);
    expect(heatmap.max).toBe(9);
  });

  it("is empty, not wrong, when nothing was measured", () => {
    const heatmap = heatmapOf([], range, { heard: new Array<boolean>(range.points).fill(false), at });
    expect(heatmap).toMatchObject({ edgesMs: [], max: 0 });
    expect(heatmap.counts.every((column) => column === null)).toBe(true);
  });

  it("has no more columns than a panel can show", () => {
    const long = resolveTimeRange({ from: "now-12h" }, at);
    const heatmap = heatmapOf([], long, { heard: new Array<boolean>(long.points).fill(true), at });
    expect(heatmap.steps.points).toBeLessThanOrEqual(121);
    expect(heatmap.counts.every((column) => column?.length === 0)).toBe(true);
  });
});

describe("readings in steps", () => {
  const nothing: GaugeWindow = { sum: null, n: null, max: null };
  const none = Object.fromEntries(drawnGauges.map((gauge) => [gauge, nothing])) as Record<Gauge, GaugeWindow>;
  const reading = (index: number, gauges: Partial<Record<Gauge, GaugeWindow>>): ReadingRow => ({
    at: minute(index),
    gauges: { ...none, ...gauges },
  });

  it("are means over all readings of a step, with gaps left open", () => {
    const rows = [
      reading(0, { cpu: { sum: 20, n: 40, max: 0.9 } }),
      reading(2, { cpu: { sum: 0.3, n: 1, max: 0.3 }, memory: { sum: 0.7, n: 1, max: 0.7 } }),
    ];
    const lines = readingLines("cpu_memory", rows, { range, at });
    expect(values(lines, "cpu")?.slice(0, 4)).toEqual([0.5, null, 0.3, null]);
    expect(values(lines, "memory")?.slice(0, 4)).toEqual([null, null, 0.7, null]);
  });

  it("keep the highest reading beside the mean of disk reads", () => {
    const rows = [reading(0, { disk_read_ms: { sum: 12, n: 3, max: 64.2 } })];
    const lines = readingLines("disk_read", rows, { range, at });
    expect([values(lines, "disk_read")?.[0], values(lines, "disk_read_max")?.[0]]).toEqual([4, 64.2]);
  });
});

describe("gaps", () => {
  it("are stretches of a minute and more, and end where the range does", () => {
    const heard = [true, false, false, true, false, true, true, true, true, true, false];
    expect(gapsOf(heard, range, { source: "telemetry", at })).toEqual([
      { source: "telemetry", from: minute(1).toISOString(), to: minute(3).toISOString() },
      { source: "telemetry", from: minute(4).toISOString(), to: minute(5).toISOString() },
    ]);
  });

  it("do not break a second-by-second line between two reports", () => {
    expect(fine.stepMs).toBe(1_000);
    const heard = new Array<boolean>(100).fill(false).map((_, second) => second % 15 === 0);
    const bridged = bridgeQuiet(heard, 1_000);
    expect(bridged.slice(0, 91).every(Boolean)).toBe(true);
    expect(bridged.slice(91).some(Boolean)).toBe(false);
    expect(
      bridgeQuiet([true, ...new Array<boolean>(80).fill(false), true], 1_000).filter(Boolean),
    ).toHaveLength(2);
  });
});
