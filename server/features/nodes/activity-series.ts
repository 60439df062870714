import { isFailure, operations, statuses } from "../../kernel/cells.ts";
import { binMicroseconds, maxBin } from "../../kernel/latency.ts";
import { eachPackedCell, type PackedCells } from "../../kernel/packed-cells.ts";
import { stepIndex, type TimeRange, withFewerPoints } from "../../kernel/time-range.ts";
import { addToBin, clearHistogram, emptyHistogram, type LatencyMs, latencyOf } from "./dense-histogram.ts";
import type { Heatmap, Line } from "./history-schema.ts";
import { lineOf, secondsOf, toSteps } from "./steps.ts";

/** A rollup window with its packed cells (kernel/cells.ts). In the order of time. */
export type RollupRow = { at: Date; cells: PackedCells };

/** Per step of the range; null = nothing is known. */
export type ActivitySteps = {
  range: TimeRange;
  at: Date;
  /** counts[step] by operation and by status; latency[step]. */
  byOperation: (readonly number[] | null)[];
  byStatus: (readonly number[] | null)[];
  latency: LatencyMs[];
};

const noLatency: LatencyMs = { p50Ms: null, p95Ms: null, p99Ms: null };
const maxHeatmapColumns = 120;

/** Which steps have a rollup at all. */
export function stepsWithActivity(rows: readonly RollupRow[], range: TimeRange): boolean[] {
  const heard = new Array<boolean>(range.points).fill(false);
  for (const row of rows) {
    const step = stepIndex(range, row.at);
    if (step !== null) heard[step] = true;
  }
  return heard;
}

/** `heard` says in which steps the node was there: in those no rollup means no request. */
export function readActivity(
  rows: readonly RollupRow[],
  range: TimeRange,
  { heard, at }: { heard: readonly boolean[]; at: Date },
): ActivitySteps {
  const zeros = (length: number) =>
    heard.map((isHeard) => (isHeard ? new Array<number>(length).fill(0) : null));
  const byOperation = zeros(operations.length);
  const byStatus = zeros(statuses.length);
  const latency = heard.map(() => noLatency);
  const histogram = emptyHistogram();
  for (const [step, group] of groupByStep(rows, range)) {
    clearHistogram(histogram);
    const ofOperation = new Array<number>(operations.length).fill(0);
    const ofStatus = new Array<number>(statuses.length).fill(0);
    for (const { cells } of group)
      eachPackedCell(cells, (key, count) => {
        addToBin(histogram, key & maxBin, count);
        ofOperation[key >> 13] = (ofOperation[key >> 13] ?? 0) + count;
        ofStatus[(key >> 10) & 7] = (ofStatus[(key >> 10) & 7] ?? 0) + count;
      });
    byOperation[step] = ofOperation;
    byStatus[step] = ofStatus;
    latency[step] = latencyOf(histogram);
  }
  return { range, at, byOperation, byStatus, latency };
}

/** Per second, by operation. */
export function operationLines(activity: ActivitySteps): Line[] {
  return operations.map((name, index) =>
    rateLine(
      name,
      activity,
      activity.byOperation.map((counts) => counts?.[index] ?? null),
    ),
  );
}

export function requestLine(activity: ActivitySteps): Line {
  return rateLine(
    "requests",
    activity,
    activity.byOperation.map((counts) => counts && total(counts)),
  );
}

/** Per second, by status other than OK, and the share that failed. */
export function failureLines(activity: ActivitySteps): Line[] {
  const byCode = statuses.flatMap((name, index) =>
    name === "ok"
      ? []
      : [
          rateLine(
            name,
            activity,
            activity.byStatus.map((counts) => counts?.[index] ?? null),
          ),
        ],
  );
  return [...byCode, failureRatioLine(activity)];
}

export function failureRatioLine(activity: ActivitySteps): Line {
  const ratios = activity.byStatus.map((counts) => {
    if (counts === null) return null;
    const all = total(counts);
    return all === 0 ? null : total(counts.filter((_, index) => isFailed[index])) / all;
  });
  return lineOf({ name: "failure_ratio", unit: "ratio" }, ratios, activity);
}

export function latencyLines(activity: ActivitySteps): Line[] {
  const line = (name: "p50" | "p95" | "p99", field: keyof LatencyMs) =>
    lineOf(
      { name, unit: "ms" },
      activity.latency.map((step) => step[field]),
      activity,
    );
  return [line("p50", "p50Ms"), line("p95", "p95Ms"), line("p99", "p99Ms")];
}

/** Rows are doublings of latency, from the fastest to the slowest that occurs; columns are wider than a line's steps. */
export function heatmapOf(
  rows: readonly RollupRow[],
  fine: TimeRange,
  { heard, at }: { heard: readonly boolean[]; at: Date },
): Heatmap {
  const range = withFewerPoints(fine, maxHeatmapColumns);
  const columns = new Map<number, Map<number, number>>();
  for (const [step, group] of groupByStep(rows, range)) columns.set(step, doublingsOf(group));
  const used = [...columns.values()].flatMap((column) => [...column.keys()]);
  const [low, high] = used.length === 0 ? [0, -1] : [Math.min(...used), Math.max(...used)];
  const height = high - low + 1;
  const known = heardColumns(heard, fine, range);
  const counts = known.map((isKnown, step) => {
    const column = columns.get(step);
    if (!column && !isKnown) return null;
    return Array.from({ length: height }, (_, row) => column?.get(low + row) ?? 0);
  });
  return {
    steps: toSteps(range, at),
    edgesMs: Array.from({ length: height === 0 ? 0 : height + 1 }, (_, row) => 2 ** (low + row)),
    counts,
    max: Math.max(0, ...[...columns.values()].flatMap((column) => [...column.values()])),
  };
}

const isFailed = statuses.map(isFailure);
/** The doubling of a millisecond that a bin's value lies in. */
const binDoubling = Int8Array.from({ length: maxBin + 1 }, (_, bin) =>
  Math.floor(Math.log2(binMicroseconds(bin) / 1_000)),
);

/** Of bins that carry a latency; bin 0 does not. */
const lowestDoubling = Math.min(...binDoubling.subarray(1));
const doublingSpan = Math.max(...binDoubling.subarray(1)) - lowestDoubling + 1;

function doublingsOf(rows: readonly RollupRow[]): Map<number, number> {
  const counts = new Float64Array(doublingSpan);
  for (const { cells } of rows)
    eachPackedCell(cells, (key, count) => {
      const bin = key & maxBin;
      const at = (binDoubling[bin] ?? 0) - lowestDoubling;
      if (bin > 0) counts[at] = (counts[at] ?? 0) + count;
    });
  const used = [...counts].map((count, at) => [at + lowestDoubling, count] as const);
  return new Map(used.filter(([, count]) => count > 0));
}

function heardColumns(heard: readonly boolean[], fine: TimeRange, coarse: TimeRange): boolean[] {
  const columns = new Array<boolean>(coarse.points).fill(false);
  for (const [index, isHeard] of heard.entries()) {
    const column = stepIndex(coarse, new Date(fine.start.getTime() + index * fine.stepMs));
    if (isHeard && column !== null) columns[column] = true;
  }
  return columns;
}

function groupByStep(rows: readonly RollupRow[], range: TimeRange): Map<number, RollupRow[]> {
  const groups = Map.groupBy(rows, (row) => stepIndex(range, row.at) ?? -1);
  groups.delete(-1);
  return groups;
}

function rateLine(name: Line["name"], activity: ActivitySteps, counts: readonly (number | null)[]): Line {
  const seconds = secondsOf(activity.range, activity.at);
  const rates = counts.map((count, step) => (count === null ? null : count / (seconds[step] ?? 1)));
  return lineOf({ name, unit: "per_second" }, rates, activity);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
