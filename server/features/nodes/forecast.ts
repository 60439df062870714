import { inCount, inDuration } from "../../kernel/wording.ts";
import type { Forecast } from "./history-schema.ts";

/** How much was stored at a moment; null = no reading, which is left out. */
export type StoredPoint = { at: Date; bytes: number | null };

export type ForecastInput = { points: readonly StoredPoint[]; capacityBytes: number | null };

const dayMs = 86_400_000;
/** Below this a fit says more about noise than about growth. */
export const minForecastPoints = 12;
export const minForecastMs = dayMs;
/** More points are thinned out evenly: the fit looks at every pair. */
const maxPoints = 200;
const horizonDays = 3_650;
const aheadPoints = 60;
/** Growth under a ten-thousandth of the capacity in a day is none. */
const noGrowthShare = 1e-4;
/** Standard normal quantile of a two-sided 80 % band. */
const z80 = 1.2815515655446004;

/**
 * When will the capacity be full? A Theil–Sen line (the median of all pairwise slopes: up to 29 % outliers do not move
 * it) through the points; the slope's 80 % interval from Kendall's variance (Sen, JASA 63, 1968), widened by the middle
 * 80 % of the residuals. Bytes, days.
 */
export function forecastStored(input: ForecastInput, at: Date): Forecast {
  const known = input.points.flatMap(({ at: moment, bytes }) =>
    bytes === null ? [] : [{ at: moment, bytes }],
  );
  const history = input.points.map((point) => ({ at: point.at.toISOString(), bytes: point.bytes }));
  const base = { history, capacityBytes: input.capacityBytes, ...nothingAhead };
  const lacking = lackOf(known);
  if (lacking !== null)
    return { ...base, verdict: "not_enough_data", wording: `Not enough data: ${lacking}` };
  const fit = fitLine(thinned(known));
  return { ...base, bytesPerDay: fit.slope, ...judge(fit, { capacityBytes: input.capacityBytes, at }) };
}

export type Fit = {
  /** Day 0 of the fit, in the middle of the data. */
  origin: Date;
  /** Bytes at the origin. */
  level: number;
  /** Bytes a day. */
  slope: number;
  slopeLow: number;
  slopeHigh: number;
  residualLow: number;
  residualHigh: number;
};

/** Theil–Sen over at least two points. */
export function fitLine(points: readonly { at: Date; bytes: number }[]): Fit {
  const days = points.map((point) => point.at.getTime() / dayMs);
  const middle = quantile([...days].sort(ascending), 0.5);
  const slopes = pairwiseSlopes(points, days);
  const slope = quantile(slopes, 0.5);
  const levels = points.map((point, index) => point.bytes - slope * ((days[index] ?? middle) - middle));
  const level = quantile([...levels].sort(ascending), 0.5);
  const residuals = levels.map((value) => value - level).sort(ascending);
  const n = points.length;
  const halfWidth = (z80 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)) / 2 / Math.max(1, slopes.length);
  return {
    origin: new Date(middle * dayMs),
    level,
    slope,
    slopeLow: quantile(slopes, Math.max(0, 0.5 - halfWidth)),
    slopeHigh: quantile(slopes, Math.min(1, 0.5 + halfWidth)),
    residualLow: quantile(residuals, 0.1),
    residualHigh: quantile(residuals, 0.9),
  };
}

type Judged = Omit<Forecast, "history" | "capacityBytes" | "bytesPerDay">;

const nothingAhead = {
  ahead: [],
  bytesPerDay: null,
  fullInDays: null,
  fullAt: null,
  fullAtEarliest: null,
  fullAtLatest: null,
};

function judge(fit: Fit, { capacityBytes, at }: { capacityBytes: number | null; at: Date }): Judged {
  const grows = fit.slope > noGrowthShare * (capacityBytes ?? fit.level);
  if (capacityBytes === null)
    return {
      ...nothingAhead,
      ahead: ahead(fit, at, 30),
      verdict: grows ? "beyond_horizon" : "no_growth",
      wording: grows ? "Grows; its capacity is not known" : "No growth",
    };
  const now = daysAfter(fit, at);
  if (fit.level + fit.slope * now >= capacityBytes)
    return { ...nothingAhead, verdict: "full", wording: "Full", fullInDays: 0, fullAt: at.toISOString() };
  if (!grows)
    return { ...nothingAhead, ahead: ahead(fit, at, 30), verdict: "no_growth", wording: "No growth" };
  const days = (capacityBytes - fit.level) / fit.slope - now;
  if (days > horizonDays)
    return {
      ...nothingAhead,
      ahead: ahead(fit, at, 365),
      verdict: "beyond_horizon",
      wording: "Not full within ten years",
    };
  const early = crossing(fit.slopeHigh, capacityBytes - fit.level - fit.residualHigh);
  const late = crossing(fit.slopeLow, capacityBytes - fit.level - fit.residualLow);
  return {
    verdict: "full_in",
    wording: `Full in ${inDays(days)}`,
    ahead: ahead(fit, at, days * 1.15 + 1),
    fullInDays: days,
    fullAt: dayOf(fit, now + days).toISOString(),
    fullAtEarliest: dayOf(fit, Math.max(now, early ?? now + days)).toISOString(),
    fullAtLatest: late === null || late - now > horizonDays ? null : dayOf(fit, late).toISOString(),
  };
}

function inDays(days: number): string {
  return days >= 2 ? inCount(Math.round(days), "day") : inDuration(Math.max(days * dayMs, 60_000));
}

function lackOf(points: readonly { at: Date }[]): string | null {
  const first = points[0];
  const last = points.at(-1);
  const spanMs = first && last ? last.at.getTime() - first.at.getTime() : 0;
  if (points.length === 0) return "no reading of stored bytes";
  if (spanMs < minForecastMs) return `${inDuration(spanMs)} of ${inDuration(minForecastMs)}`;
  return points.length < minForecastPoints ? `${points.length} of ${minForecastPoints} readings` : null;
}

/** Day on which a line from 0 at the origin has risen by `rise`; null = never. */
function crossing(slope: number, rise: number): number | null {
  return slope > 0 ? rise / slope : null;
}

function ahead(fit: Fit, at: Date, days: number): Forecast["ahead"] {
  const now = daysAfter(fit, at);
  return Array.from({ length: aheadPoints + 1 }, (_, index) => {
    const day = now + (days * index) / aheadPoints;
    return {
      at: dayOf(fit, day).toISOString(),
      bytes: Math.max(0, fit.level + fit.slope * day),
      lowBytes: Math.max(0, fit.level + fit.slopeLow * day + fit.residualLow),
      highBytes: Math.max(0, fit.level + fit.slopeHigh * day + fit.residualHigh),
    };
  });
}

function daysAfter(fit: Fit, at: Date): number {
  return (at.getTime() - fit.origin.getTime()) / dayMs;
}

function dayOf(fit: Fit, day: number): Date {
  return new Date(fit.origin.getTime() + day * dayMs);
}

function thinned<Point>(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / maxPoints);
  // Counted from the end, so that the newest point is always one of them.
  return points.filter((_, index) => (points.length - 1 - index) % every === 0);
}

function pairwiseSlopes(points: readonly { bytes: number }[], days: readonly number[]): Float64Array {
  const slopes: number[] = [];
  for (const [i, first] of points.entries())
    for (let j = i + 1; j < points.length; j++) {
      const run = (days[j] ?? 0) - (days[i] ?? 0);
      if (run > 0) slopes.push(((points[j]?.bytes ?? 0) - first.bytes) / run);
    }
  return Float64Array.from(slopes).sort();
}

/** Of sorted values, with linear interpolation. */
function quantile(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

function ascending(a: number, b: number): number {
  return a - b;
}
