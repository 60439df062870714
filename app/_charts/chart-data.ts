/** Equal steps of time, as series share them: `points` of `stepMs` from `start` (epoch ms). */
export type Steps = { start: number; stepMs: number; points: number };

export const chartColours = [
  "cat-1",
  "cat-2",
  "cat-3",
  "cat-4",
  "cat-5",
  "cat-6",
  "ord-1",
  "ord-2",
  "ord-3",
  "text-3",
] as const;
/** Tokens: categories in their order, `ord-1…3` for p50 p95 p99, `text-3` for what is only context. */
export type ChartColour = (typeof chartColours)[number];

export type Series = {
  id: string;
  label: string;
  colour: ChartColour;
  /** One a step; null is a gap. */
  values: readonly (number | null)[];
  /** The newest value, for the legend; without it the last known of `values`. */
  current?: number | null;
  dash?: "dash" | "dot";
};

/** A value that must not be passed, written on its line. */
export type Limit = { value: number; label: string; tone: "warn" | "crit" | "idle" };

/** Something that happened. The page explains the number once; `label` is told on hover. */
export type ChartEvent = {
  at: number;
  number: number;
  label: string;
  tone: "info" | "warn" | "crit" | "idle";
};

export type Gap = { from: number; to: number };

export function stepsEnd({ start, stepMs, points }: Steps): number {
  return start + stepMs * points;
}

/** Which step holds a moment; null outside. */
export function stepAt(steps: Steps, at: number): number | null {
  const index = Math.floor((at - steps.start) / steps.stepMs);
  return index >= 0 && index < steps.points ? index : null;
}

/** A value stands in the middle of its step. */
export function middleOf({ start, stepMs }: Steps, index: number): number {
  return start + (index + 0.5) * stepMs;
}

/** Stretches in which no series has a value, between steps that have: nothing is said of before the first and after the last. */
export function silentGaps(steps: Steps, series: readonly Series[]): Gap[] {
  const isKnown = Array.from({ length: steps.points }, (_, index) =>
    series.some(({ values }) => (values[index] ?? null) !== null),
  );
  const first = isKnown.indexOf(true);
  const last = isKnown.lastIndexOf(true);
  const gaps: Gap[] = [];
  for (let index = first; index >= 0 && index < last; index += 1) {
    if (isKnown[index]) continue;
    const end = isKnown.indexOf(true, index);
    gaps.push({ from: steps.start + index * steps.stepMs, to: steps.start + end * steps.stepMs });
    index = end;
  }
  return gaps;
}

export function currentOf({ current, values }: Series): number | null {
  if (current !== undefined) return current;
  return values.findLast((value) => value !== null) ?? null;
}

/** The greatest height that is drawn: of one value, or of all stacked at a step. */
export function greatest(series: readonly Series[], isStacked: boolean): number {
  if (!isStacked) return Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const count = Math.max(0, ...series.map(({ values }) => values.length));
  let most = 0;
  for (let index = 0; index < count; index += 1) {
    const sum = series.reduce((total, { values }) => total + (values[index] ?? 0), 0);
    most = Math.max(most, sum);
  }
  return most;
}
