import { invalid } from "./errors.ts";
import type { GrainName } from "./grains.ts";
import { defaultRetention } from "./retention.ts";

/** Windows that ingest keeps, finest first. */
export const grains = ["1s", "1m", "1h", "1d"] as const satisfies readonly GrainName[];
export type Grain = GrainName;

export const grainMs: Record<Grain, number> = {
  "1s": 1_000,
  "1m": 60_000,
  "1h": 3_600_000,
  "1d": 86_400_000,
};

/** As it stands in a URL: RFC 3339 or relative ("now", "now-3h"). `asOf` is the moment that "now" means. */
export type TimeRangeInput = {
  from?: string | undefined;
  to?: string | undefined;
  asOf?: string | undefined;
};

/**
 * What a panel draws: `points` steps of `stepMs` from `start`, which is aligned to the step (epoch multiples), so that
 * equal windows fall on equal steps whoever asks. `from` and `to` are what was asked for.
 */
export type TimeRange = {
  from: Date;
  to: Date;
  grain: Grain;
  stepMs: number;
  start: Date;
  points: number;
  /** The end moves with the clock. */
  isLive: boolean;
};

export const defaultFrom = "now-3h";
export const maxPoints = 720;
const longestMs = 10 * 366 * grainMs["1d"];

/** Steps are small multiples of a grain; the last one that is needed in ten years is a fortnight. */
const stepMultiples = [1, 2, 3, 4, 5, 6, 10, 12, 14] as const;

export function resolveTimeRange(input: TimeRangeInput, at: Date): TimeRange {
  const asOf = input.asOf === undefined ? at : parseMoment(input.asOf, at, "asOf");
  const now = asOf > at ? at : asOf;
  const to = earlier(parseMoment(input.to ?? "now", now, "to"), now);
  const from = parseMoment(input.from ?? defaultFrom, now, "from");
  if (from >= to)
    throw invalid(
      `The time range is empty: it starts ${iso(from)} and ends ${iso(to)}. Choose an earlier start.`,
    );
  if (to.getTime() - from.getTime() > longestMs)
    throw invalid("The time range is longer than ten years. Choose a shorter one.");
  const isLive = input.asOf === undefined && (input.to ?? "now").trim() === "now";
  return { from, to, ...stepsOf(from, to, at), isLive };
}

/** ≤ 10 min by the second, ≤ 12 h by the minute, ≤ 60 d by the hour, else by the day; coarser where that is gone. */
export function chooseGrain(from: Date, to: Date, at: Date): Grain {
  const spanMs = to.getTime() - from.getTime();
  const ageMs = at.getTime() - from.getTime();
  const fits = (grain: Grain, longest: number) =>
    spanMs <= longest && ageMs <= (defaultRetention[grain] ?? Number.POSITIVE_INFINITY);
  if (fits("1s", 10 * grainMs["1m"])) return "1s";
  if (fits("1m", 12 * grainMs["1h"])) return "1m";
  if (fits("1h", 60 * grainMs["1d"])) return "1h";
  return "1d";
}

/** The same range in at most `limit` steps, for panels that draw fewer columns than lines have points. */
export function withFewerPoints(range: TimeRange, limit: number): TimeRange {
  const stepMs = stepFor(range.from, range.to, { grain: range.grain, limit });
  return { ...range, ...aligned(range.from, range.to, stepMs) };
}

/** Start of each step. */
export function stepStarts(range: TimeRange): Date[] {
  const first = range.start.getTime();
  return Array.from({ length: range.points }, (_, index) => new Date(first + index * range.stepMs));
}

/** Exclusive end of the last step: at or after `to`. */
export function rangeEnd(range: TimeRange): Date {
  return new Date(range.start.getTime() + range.points * range.stepMs);
}

/** Which step a moment falls in; null outside. */
export function stepIndex(range: TimeRange, moment: Date): number | null {
  const index = Math.floor((moment.getTime() - range.start.getTime()) / range.stepMs);
  return index >= 0 && index < range.points ? index : null;
}

/** First step that is not over yet at `at`: its figures still grow. Null when all are complete. */
export function partialFrom(range: TimeRange, at: Date): Date | null {
  if (rangeEnd(range) <= at) return null;
  const index = Math.floor((at.getTime() - range.start.getTime()) / range.stepMs);
  return new Date(range.start.getTime() + Math.max(0, index) * range.stepMs);
}

function stepsOf(from: Date, to: Date, at: Date) {
  const grain = chooseGrain(from, to, at);
  return { grain, ...aligned(from, to, stepFor(from, to, { grain, limit: maxPoints })) };
}

function stepFor(from: Date, to: Date, { grain, limit }: { grain: Grain; limit: number }): number {
  const spanMs = to.getTime() - from.getTime();
  const wanted = stepMultiples.find((multiple) => spanMs / (multiple * grainMs[grain]) <= limit);
  return grainMs[grain] * (wanted ?? Math.ceil(spanMs / grainMs[grain] / limit));
}

function aligned(from: Date, to: Date, stepMs: number) {
  const start = Math.floor(from.getTime() / stepMs) * stepMs;
  const points = Math.max(1, Math.ceil((to.getTime() - start) / stepMs));
  return { stepMs, start: new Date(start), points };
}

const unitMs: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};
const relative = /^now(?:-(\d{1,6})([smhdwy]))?$/;
const absolute = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** RFC 3339 (a bare date is midnight UTC), `now` or `now-<n><s|m|h|d|w|y>`. */
export function parseMoment(text: string, now: Date, name: string): Date {
  const moment = readMoment(text.trim(), now);
  // Also refuses what no Date can hold, which compares as neither earlier nor later.
  if (!(moment.getTime() >= 0))
    throw invalid(
      `"${text.trim().slice(0, 40)}" is no time. Write ${name} like 2026-11-23T03:12:00Z, now or now-3h (s, m, h, d, w, y).`,
      { name },
    );
  return moment;
}

function readMoment(value: string, now: Date): Date {
  const match = relative.exec(value);
  if (match) return new Date(now.getTime() - Number(match[1] ?? 0) * (unitMs[match[2] ?? "s"] ?? 0));
  return new Date(absolute.test(value) ? value : Number.NaN);
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function iso(moment: Date): string {
  return moment.toISOString();
}
