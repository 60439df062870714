import { inDigits, inDuration, inPercent } from "../../kernel/wording.ts";
import type { Condition } from "./condition-schema.ts";
import { type History, lineThrough, silenceAt, windowOf } from "./history.ts";
import { type MetricId, metricOf } from "./metric-rules.ts";

/** What one subject is known by; a metric without a history was never heard. */
export type Known = {
  histories: ReadonlyMap<MetricId, History>;
  /** The road that figures come by stands still: silence says nothing. */
  isStalled: boolean;
};

/** As far away as can be. */
const never = Number.MAX_SAFE_INTEGER;
/** A line needs so many points, over at least half of its window. */
const leastPoints = 5;
/** What is compared with a window ago is the mean of this much, or of half the window. */
const longestMeanMs = 300_000;

/** The one figure that a condition looks at, at one moment. Null = cannot be told: too few points, or none. */
export function figureOf(condition: Condition, known: Known, at: number): number | null {
  switch (condition.kind) {
    case "threshold":
      return levelOf(condition.metric, known, { end: at, windowMs: condition.windowMs });
    case "ratio":
      return shareOf(condition, known, { end: at, windowMs: condition.windowMs });
    case "absence":
      return known.isStalled ? null : silenceOf(condition.metric, known, at);
    case "rate-of-change":
      return changeOf(condition, known, at);
    case "forecast":
      return timeUntil(condition, known, at);
    case "burn-rate":
      return burnOf(condition, known, at);
  }
}

type Span = { end: number; windowMs: number };

function levelOf(metric: MetricId, { histories }: Known, { end, windowMs }: Span): number | null {
  const history = histories.get(metric);
  const window = history && windowOf(history, end, windowMs);
  if (!window) return null;
  return metricOf(metric).kind === "gauge" ? window.sum / window.count : window.sum;
}

type Share = { of: MetricId; by: MetricId; least: number };

/** A count that was not heard in a window in which the whole was is 0: rows hold both. */
function shareOf({ of, by, least }: Share, known: Known, span: Span): number | null {
  const whole = levelOf(by, known, span);
  if (whole === null || whole <= 0 || whole < least) return null;
  return (levelOf(of, known, span) ?? 0) / whole;
}

function silenceOf(metric: MetricId, { histories }: Known, at: number): number | null {
  const history = histories.get(metric);
  return history ? silenceAt(history, at) : null;
}

type Of<Kind extends Condition["kind"]> = Extract<Condition, { kind: Kind }>;

function changeOf({ metric, windowMs }: Of<"rate-of-change">, known: Known, at: number): number | null {
  const meanMs = Math.max(60_000, Math.min(longestMeanMs, windowMs / 2));
  const now = levelOf(metric, known, { end: at, windowMs: meanMs });
  const before = levelOf(metric, known, { end: at - windowMs, windowMs: meanMs });
  return now === null || before === null ? null : now - before;
}

function timeUntil(condition: Of<"forecast">, { histories }: Known, at: number): number | null {
  const { metric, windowMs, level, direction } = condition;
  const history = histories.get(metric);
  const window = history && windowOf(history, at, windowMs);
  if (!window || window.count < leastPoints || window.lastAt - window.firstAt < windowMs / 2) return null;
  const line = lineThrough(history, at, windowMs);
  if (!line) return null;
  const sign = direction === "rises" ? 1 : -1;
  const left = (level - line.level) * sign;
  if (left <= 0) return 0;
  const speed = line.slope * sign;
  return speed <= 0 ? never : Math.min(never, left / speed);
}

/** The worst pair's share of the speed that it allows: 1 = just as fast as is allowed. */
function burnOf({ bad, total, objective, least, pairs }: Of<"burn-rate">, known: Known, at: number) {
  const burn = (windowMs: number) => {
    const share = shareOf({ of: bad, by: total, least }, known, { end: at, windowMs });
    return share === null ? null : share / (1 - objective);
  };
  let worst: number | null = null;
  for (const { longMs, shortMs, factor } of pairs) {
    const long = burn(longMs);
    const short = long === null ? null : burn(shortMs);
    if (long === null || short === null) continue;
    worst = Math.max(worst ?? 0, Math.min(long, short) / factor);
  }
  return worst;
}

/** How far back a condition looks. */
export function lookbackMs(condition: Condition): number {
  switch (condition.kind) {
    case "absence":
      return condition.limitMs * 2;
    case "rate-of-change":
      return condition.windowMs + longestMeanMs;
    case "burn-rate":
      return Math.max(...condition.pairs.flatMap(({ longMs, shortMs }) => [longMs, shortMs]));
    case "threshold":
    case "ratio":
    case "forecast":
      return condition.windowMs;
  }
}

export function metricsOf(condition: Condition): MetricId[] {
  switch (condition.kind) {
    case "ratio":
      return [condition.of, condition.by];
    case "burn-rate":
      return [condition.bad, condition.total];
    case "threshold":
    case "absence":
    case "rate-of-change":
    case "forecast":
      return [condition.metric];
  }
}

export type Bound = { breach: "above" | "below"; limit: number };

export function boundOf(condition: Condition): Bound {
  switch (condition.kind) {
    case "absence":
      return { breach: "above", limit: condition.limitMs };
    case "forecast":
      return { breach: "below", limit: condition.withinMs };
    case "burn-rate":
      return { breach: "above", limit: 1 };
    case "threshold":
    case "ratio":
    case "rate-of-change":
      return { breach: condition.breach, limit: condition.limit };
  }
}

/** The figure as a person reads it. */
export function wordFigure(condition: Condition, value: number): string {
  switch (condition.kind) {
    case "absence":
      return inDuration(value);
    case "forecast":
      return value >= never ? "not within sight" : inDuration(value);
    case "burn-rate":
      return `${inDigits(value)} times the burn that is allowed`;
    case "ratio":
      return inPercent(value);
    case "rate-of-change":
      return `${value < 0 ? "−" : "+"}${metricOf(condition.metric).word(Math.abs(value))}`;
    case "threshold":
      return metricOf(condition.metric).word(value);
  }
}

/** "processor in use, mean of 5 m 00 s" */
export function sayFigure(condition: Condition): string {
  switch (condition.kind) {
    case "threshold": {
      const { title, kind } = metricOf(condition.metric);
      return `${title}, ${kind === "gauge" ? "mean" : "sum"} of ${inDuration(condition.windowMs)}`;
    }
    case "ratio":
      return `${metricOf(condition.of).title} as a share of ${metricOf(condition.by).title}, ${inDuration(condition.windowMs)}`;
    case "absence":
      return `time without ${metricOf(condition.metric).title}`;
    case "rate-of-change":
      return `change of ${metricOf(condition.metric).title} in ${inDuration(condition.windowMs)}`;
    case "forecast":
      return `time until ${metricOf(condition.metric).title} ${condition.direction} to ${metricOf(condition.metric).word(condition.level)}`;
    case "burn-rate":
      return `burn of the ${inDigits((1 - condition.objective) * 100)} % that may fail`;
  }
}
