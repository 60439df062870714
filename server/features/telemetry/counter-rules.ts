import type { CounterPoint, Reading } from "./rules.ts";
import type { Gauge, MetricMap } from "./schema.ts";

/** Value, time and start of the last point of each series; times in ms. As it is kept in `telemetry_counter`. */
export type CounterState = Record<string, readonly [value: number, atMs: number, startMs: number]>;

/** A rate over a longer silence would hide it. */
const longestGapMs = 2 * 3_600_000;
const forgottenMs = 86_400_000;
/** Collectors compute the start anew each time, so it wavers a little. */
const startWaverMs = 2_000;

type Growth = { gauge: Gauge; part: CounterPoint["part"]; atMs: number; by: number; overMs: number };

/** The readings that follow from counters, given what they were before; and what they are now. */
export function applyCounters(
  before: CounterState,
  points: readonly CounterPoint[],
  map: MetricMap,
): { readings: Reading[]; after: CounterState } {
  const after: CounterState = { ...before };
  const growths: Growth[] = [];
  const inTime = [...points].sort((a, b) => a.atMs - b.atMs);
  for (const point of inTime) {
    const key = `${point.gauge}|${point.series}`;
    const last = after[key];
    if (last && point.atMs <= last[1]) continue;
    const growth = last ? growthOf(point, last) : null;
    if (growth) growths.push(growth);
    after[key] = [point.value, point.atMs, point.startMs];
  }
  return { readings: readingsOf(growths, map), after: withoutForgotten(after) };
}

/** Devices come and go. */
function withoutForgotten(state: CounterState): CounterState {
  const newest = Math.max(...Object.values(state).map(([, atMs]) => atMs));
  return Object.fromEntries(Object.entries(state).filter(([, [, atMs]]) => atMs > newest - forgottenMs));
}

/** Null after a restart of the counter, and after a long silence. */
function growthOf(point: CounterPoint, last: CounterState[string]): Growth | null {
  const [value, atMs, startMs] = last;
  const overMs = point.atMs - atMs;
  const hasRestarted = point.value < value || point.startMs > startMs + startWaverMs;
  if (hasRestarted || overMs > longestGapMs) return null;
  return { gauge: point.gauge, part: point.part, atMs: point.atMs, by: point.value - value, overMs };
}

function readingsOf(growths: readonly Growth[], map: MetricMap): Reading[] {
  const byGauge = Map.groupBy(growths, ({ gauge }) => gauge);
  return [...byGauge].flatMap(([gauge, ofGauge]) => {
    const rule = map[gauge]?.find(({ take }) => take === "rate" || take === "quotient");
    const scale = rule && "scale" in rule ? rule.scale : 1;
    const byTime = Map.groupBy(ofGauge, ({ atMs }) => atMs);
    return [...byTime].flatMap(([atMs, together]) => {
      const value = rule?.take === "quotient" ? quotientOf(together) : rateOf(together);
      return value === null ? [] : [{ gauge, atMs, value: value * scale }];
    });
  });
}

/** A second, all series together. */
function rateOf(growths: readonly Growth[]): number {
  return growths.reduce((sum, { by, overMs }) => sum + (by * 1000) / overMs, 0);
}

/** Nothing was divided by: there is no answer, and zero would be a wrong one. */
function quotientOf(growths: readonly Growth[]): number | null {
  const sumOf = (part: CounterPoint["part"]) =>
    growths.filter((growth) => growth.part === part).reduce((sum, { by }) => sum + by, 0);
  const divisor = sumOf("divisor");
  return divisor > 0 ? sumOf("dividend") / divisor : null;
}
