import { stepIndex, type TimeRange } from "../../kernel/time-range.ts";
import type { Line, SeriesKind } from "./history-schema.ts";
import { lineOf } from "./steps.ts";

/** Gauges that panels draw, as columns of `reading_*` are named. */
export const drawnGauges = [
  "cpu",
  "memory",
  "disk",
  "disk_read_ms",
  "net_in_bps",
  "net_out_bps",
  "link_bps",
  "stored_bytes",
  "disk_total_bytes",
  "clock_skew_ms",
] as const;
export type Gauge = (typeof drawnGauges)[number];

/** Sum and number of readings in a window, and the highest; null or 0 readings = the gauge was not reported. */
export type GaugeWindow = { sum: number | null; n: number | null; max: number | null };
export type ReadingRow = { at: Date; gauges: Readonly<Record<Gauge, GaugeWindow>> };

type Panel = { name: Line["name"]; unit: Line["unit"]; gauge: Gauge; of: "mean" | "max" };

const panels: Partial<Record<SeriesKind, readonly Panel[]>> = {
  cpu_memory: [
    { name: "cpu", unit: "ratio", gauge: "cpu", of: "mean" },
    { name: "memory", unit: "ratio", gauge: "memory", of: "mean" },
  ],
  disk: [{ name: "disk", unit: "ratio", gauge: "disk", of: "mean" }],
  disk_read: [
    { name: "disk_read", unit: "ms", gauge: "disk_read_ms", of: "mean" },
    { name: "disk_read_max", unit: "ms", gauge: "disk_read_ms", of: "max" },
  ],
  network: [
    { name: "net_in", unit: "bps", gauge: "net_in_bps", of: "mean" },
    { name: "net_out", unit: "bps", gauge: "net_out_bps", of: "mean" },
    { name: "link", unit: "bps", gauge: "link_bps", of: "max" },
  ],
  stored: [
    { name: "stored", unit: "bytes", gauge: "stored_bytes", of: "mean" },
    { name: "capacity", unit: "bytes", gauge: "disk_total_bytes", of: "max" },
  ],
  clock_skew: [{ name: "clock_skew", unit: "ms", gauge: "clock_skew_ms", of: "mean" }],
};

/** Gauges that the panels of these kinds are drawn from. */
export function gaugesOfKinds(kinds: readonly SeriesKind[]): Gauge[] {
  return [...new Set(kinds.flatMap((kind) => (panels[kind] ?? []).map(({ gauge }) => gauge)))];
}

export function hasReading({ values }: Line): boolean {
  return values.some((value) => value !== null);
}

export function isReadingKind(kind: SeriesKind): boolean {
  return panels[kind] !== undefined;
}

export function stepsWithReadings(rows: readonly { at: Date }[], range: TimeRange): boolean[] {
  const heard = new Array<boolean>(range.points).fill(false);
  for (const row of rows) {
    const step = stepIndex(range, row.at);
    if (step !== null) heard[step] = true;
  }
  return heard;
}

/** The lines of a panel: a step's mean is over all readings in it, not over its windows. */
export function readingLines(
  kind: SeriesKind,
  rows: readonly ReadingRow[],
  { range, at }: { range: TimeRange; at: Date },
): Line[] {
  return (panels[kind] ?? []).map(({ name, unit, gauge, of }) => {
    const values = of === "mean" ? meansOf(rows, gauge, range) : highestOf(rows, gauge, range);
    return lineOf({ name, unit }, values, { range, at });
  });
}

function meansOf(rows: readonly ReadingRow[], gauge: Gauge, range: TimeRange): (number | null)[] {
  const sums = new Float64Array(range.points);
  const counts = new Float64Array(range.points);
  for (const row of rows) {
    const step = stepIndex(range, row.at);
    const { sum, n } = row.gauges[gauge];
    if (step === null || sum === null || !n) continue;
    sums[step] = (sums[step] ?? 0) + sum;
    counts[step] = (counts[step] ?? 0) + n;
  }
  return Array.from(sums, (sum, step) => (counts[step] ? sum / counts[step] : null));
}

function highestOf(rows: readonly ReadingRow[], gauge: Gauge, range: TimeRange): (number | null)[] {
  const values = new Array<number | null>(range.points).fill(null);
  for (const row of rows) {
    const step = stepIndex(range, row.at);
    const { max } = row.gauges[gauge];
    if (step !== null && max !== null) values[step] = Math.max(values[step] ?? max, max);
  }
  return values;
}
