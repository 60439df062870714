import { inBitsPerSecond, inBytes, inCount, inMs, inPercent } from "../../kernel/wording.ts";

/**
 * Figures of a node that are kept by the minute, so that a rule can look back at them. A count is what happened in the
 * minute, a gauge its mean. `column` is that of `rollup_*` or `reading_*`. Browser-safe.
 */
export type Metric = {
  id: string;
  title: string;
  kind: "count" | "gauge";
  column: string;
  word: (value: number) => string;
  /** How a person types it: "90 %" is 0.9. */
  unit: string;
  perUnit: number;
};

const inThings = (value: number) => inCount(Math.round(value), "request");

export const metricCatalogue = [
  {
    id: "requests",
    title: "requests",
    kind: "count",
    column: "requests",
    word: inThings,
    unit: "requests",
    perUnit: 1,
  },
  {
    id: "failures",
    title: "failed requests",
    kind: "count",
    column: "failures",
    word: inThings,
    unit: "requests",
    perUnit: 1,
  },
  {
    id: "read-bytes",
    title: "bytes read",
    kind: "count",
    column: "read_bytes",
    word: inBytes,
    unit: "GB",
    perUnit: 1e9,
  },
  {
    id: "written-bytes",
    title: "bytes written",
    kind: "count",
    column: "written_bytes",
    word: inBytes,
    unit: "GB",
    perUnit: 1e9,
  },
  {
    id: "cpu",
    title: "processor in use",
    kind: "gauge",
    column: "cpu",
    word: inPercent,
    unit: "%",
    perUnit: 0.01,
  },
  {
    id: "memory",
    title: "memory in use",
    kind: "gauge",
    column: "memory",
    word: inPercent,
    unit: "%",
    perUnit: 0.01,
  },
  {
    id: "disk",
    title: "disk in use",
    kind: "gauge",
    column: "disk",
    word: inPercent,
    unit: "%",
    perUnit: 0.01,
  },
  {
    id: "disk-read",
    title: "time of a disk read",
    kind: "gauge",
    column: "disk_read_ms",
    word: inMs,
    unit: "ms",
    perUnit: 1,
  },
  {
    id: "net-in",
    title: "network in",
    kind: "gauge",
    column: "net_in_bps",
    word: inBitsPerSecond,
    unit: "Mb/s",
    perUnit: 1e6,
  },
  {
    id: "net-out",
    title: "network out",
    kind: "gauge",
    column: "net_out_bps",
    word: inBitsPerSecond,
    unit: "Mb/s",
    perUnit: 1e6,
  },
  {
    id: "stored",
    title: "stored bytes",
    kind: "gauge",
    column: "stored_bytes",
    word: inBytes,
    unit: "GB",
    perUnit: 1e9,
  },
  {
    id: "clock-skew",
    title: "distance of its clock",
    kind: "gauge",
    column: "clock_skew_ms",
    word: inMs,
    unit: "ms",
    perUnit: 1,
  },
] as const satisfies readonly Metric[];

export type MetricId = (typeof metricCatalogue)[number]["id"];

export const metricIds = metricCatalogue.map(({ id }) => id) as [MetricId, ...MetricId[]];

const metrics: ReadonlyMap<string, Metric> = new Map(metricCatalogue.map((metric) => [metric.id, metric]));

export function metricOf(id: MetricId): Metric {
  const metric = metrics.get(id);
  if (!metric) throw new TypeError(`There is no metric ${id}.`);
  return metric;
}
