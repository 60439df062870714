import type { OtlpMetric, OtlpPoint, OtlpResource } from "./otlp-metrics.ts";
import { attributeOf, filterPoints } from "./point-filter.ts";
import { type Gauge, gauges, type MetricMap, type MetricRule } from "./schema.ts";

/** One number of one gauge, at the time that the node gave it. Times in ms. */
export type Reading = { gauge: Gauge; atMs: number; value: number };

/** One point of a counter that a rate needs: `part` says which of the rule's two counters it is of. */
export type CounterPoint = {
  gauge: Gauge;
  part: "dividend" | "divisor";
  series: string;
  atMs: number;
  startMs: number;
  value: number;
};

export type NodeReadings = { readings: Reading[]; counters: CounterPoint[] };

type LevelRule = Extract<MetricRule, { take: "level" }>;
type CounterRule = Extract<MetricRule, { take: "rate" | "quotient" }>;

/** What one node says of itself, by the map. Rates follow from the counters and what they were before. */
export function readNode(resources: readonly OtlpResource[], map: MetricMap): NodeReadings {
  const metrics = resources.flatMap((resource) => resource.metrics);
  const result: NodeReadings = { readings: [], counters: [] };
  for (const gauge of gauges) {
    for (const rule of map[gauge] ?? []) {
      const found = applyRule({ gauge, rule, metrics, resources });
      if (found.readings.length + found.counters.length === 0) continue;
      result.readings.push(...found.readings);
      result.counters.push(...found.counters);
      break;
    }
  }
  return result;
}

type RuleContext = {
  gauge: Gauge;
  rule: MetricRule;
  metrics: readonly OtlpMetric[];
  resources: readonly OtlpResource[];
};

function applyRule({ gauge, rule, metrics, resources }: RuleContext): NodeReadings {
  switch (rule.take) {
    case "level":
      return { readings: levels(gauge, rule, metrics), counters: [] };
    case "attribute":
      return { readings: attributeReading(gauge, rule.attribute, resources), counters: [] };
    case "rate":
      return { readings: [], counters: counterPoints(gauge, rule, metrics) };
    case "quotient":
      return { readings: [], counters: counterPoints(gauge, rule, metrics) };
  }
}

/** All points of one metric with the same time are one collection, and give one reading. */
function levels(gauge: Gauge, rule: LevelRule, metrics: readonly OtlpMetric[]): Reading[] {
  const points = metrics.filter(({ name }) => name === rule.metric).flatMap((metric) => metric.points);
  const collections = Map.groupBy(filterPoints(points, rule), ({ atMs }) => atMs);
  return [...collections].flatMap(([atMs, collection]) => {
    const value = reduce(rule.reduce, collection);
    return value === null ? [] : [{ gauge, atMs, value }];
  });
}

function reduce(by: LevelRule["reduce"], points: readonly OtlpPoint[]): number | null {
  switch (by) {
    case "sum":
      return sumOf(oncePerDevice(points));
    case "max":
      return points.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    case "mean":
      return sumOf(points) / points.length;
    case "busy":
      return busyShare(points);
    case "used_share":
      return usedShare(oncePerDevice(points));
  }
}

/** A file system that is mounted twice is there once. */
function oncePerDevice(points: readonly OtlpPoint[]): OtlpPoint[] {
  const seen = new Set<string>();
  return points.filter(({ attributes }) => {
    const device = attributeOf(attributes, "device");
    if (device === null) return true;
    const key = `${device} ${attributeOf(attributes, "state") ?? ""}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

/** Utilisation comes as shares of time per processor and state that add up to one: what is not idle is busy. */
function busyShare(points: readonly OtlpPoint[]): number | null {
  const idle = filterPoints(points, { where: { state: ["idle"] } });
  if (idle.length > 0) return Math.max(0, 1 - sumOf(idle) / idle.length);
  const stateless = filterPoints(points, { except: { state: ["*"] } });
  return stateless.length > 0 ? sumOf(stateless) / stateless.length : null;
}

function usedShare(points: readonly OtlpPoint[]): number | null {
  const total = sumOf(points);
  return total > 0 ? sumOf(filterPoints(points, { where: { state: ["used"] } })) / total : null;
}

function sumOf(points: readonly OtlpPoint[]): number {
  return points.reduce((sum, { value }) => sum + value, 0);
}

function attributeReading(gauge: Gauge, name: string, resources: readonly OtlpResource[]): Reading[] {
  const value = resources.map(({ attributes }) => attributes[name]).find((found) => found != null);
  const number = Number(value ?? Number.NaN);
  const atMs = newestOf(resources);
  return Number.isFinite(number) && atMs !== null ? [{ gauge, atMs, value: number }] : [];
}

function counterPoints(gauge: Gauge, rule: CounterRule, metrics: readonly OtlpMetric[]): CounterPoint[] {
  const pointsOf = (name: string, part: CounterPoint["part"]) =>
    metrics
      .filter((metric) => metric.isCounter && metric.name === name)
      .flatMap((metric) => filterPoints(metric.points, rule))
      .map(({ attributes, atMs, startMs, value }) => {
        const device = attributeOf(attributes, "device") ?? "";
        const direction = attributeOf(attributes, "direction") ?? "";
        return { gauge, part, series: `${name}|${device}|${direction}`, atMs, startMs, value };
      });
  const dividend = pointsOf(rule.metric, "dividend");
  return rule.take === "rate" ? dividend : [...dividend, ...pointsOf(rule.by, "divisor")];
}

/** Time of the newest point of a node; null when there is none. */
export function newestOf(resources: readonly OtlpResource[]): number | null {
  let newest: number | null = null;
  for (const { metrics } of resources)
    for (const { points } of metrics)
      for (const { atMs } of points) if (newest === null || atMs > newest) newest = atMs;
  return newest;
}

const earliestMs = Date.UTC(2020, 0, 1);
const aheadMs = 10 * 60_000;

/** Why a node's readings cannot be taken for the times that they carry; null when they can. */
export function refuseTimes(
  resources: readonly OtlpResource[],
  { now, keptMs }: { now: Date; keptMs: number | null },
): string | null {
  const latest = now.getTime() + aheadMs;
  const keptFrom = keptMs === null ? earliestMs : now.getTime() - keptMs;
  for (const { metrics } of resources)
    for (const { name, points } of metrics)
      for (const { atMs } of points) {
        if (atMs < earliestMs) return `${name}: time ${textOf(atMs)} is before 2020`;
        if (atMs > latest) return `${name}: time ${textOf(atMs)} is more than 10 minutes in the future`;
        if (atMs < keptFrom) return `${name}: time ${textOf(atMs)} is older than readings are kept`;
      }
  return null;
}

function textOf(ms: number): string {
  return ms <= 8_640_000_000_000_000 ? new Date(ms).toISOString() : String(ms);
}
