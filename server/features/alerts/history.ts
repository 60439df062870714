/**
 * Points of one metric of one subject in the order of time, with running sums: a window of any width costs two searches.
 * A point stands for `stepMs` from its moment on; where there is none, nothing was heard.
 */
export type History = {
  stepMs: number;
  at: number[];
  /** One entry more than points: the sums before each. */
  sums: number[];
  /** Of (minutes since the first point), its square, and its product with the value. */
  times: number[];
  squares: number[];
  products: number[];
};

export type Point = { at: number; value: number };

export type Window = { count: number; sum: number; firstAt: number; lastAt: number };

export function anEmptyHistory(stepMs: number): History {
  return { stepMs, at: [], sums: [0], times: [0], squares: [0], products: [0] };
}

export function buildHistory(points: readonly Point[], stepMs: number): History {
  const history = anEmptyHistory(stepMs);
  replaceTail(history, points);
  return history;
}

/** From the first of these points on the history is what they say. They are in the order of time. */
export function replaceTail(history: History, points: readonly Point[]): void {
  const { at, sums, times, squares, products } = history;
  const [first] = points;
  if (!first) return;
  at.length = firstFrom(history, first.at);
  for (const series of [sums, times, squares, products]) series.length = at.length + 1;
  const origin = at[0] ?? first.at;
  for (const { at: moment, value } of points) {
    const index = at.length;
    const minutes = (moment - origin) / 60_000;
    at.push(moment);
    sums.push((sums[index] ?? 0) + value);
    times.push((times[index] ?? 0) + minutes);
    squares.push((squares[index] ?? 0) + minutes * minutes);
    products.push((products[index] ?? 0) + minutes * value);
  }
}

/** Points that began in the window before `end`; later ones are not known yet. Null = none. */
export function windowOf(history: History, end: number, windowMs: number): Window | null {
  const { from, to } = bounds(history, end, windowMs);
  if (from >= to) return null;
  return {
    count: to - from,
    sum: between(history.sums, from, to),
    firstAt: history.at[from] ?? end,
    lastAt: history.at[to - 1] ?? end,
  };
}

/** Time since the newest point ended, in ms; null = there never was one. */
export function silenceAt(history: History, end: number): number | null {
  const last = history.at[firstFrom(history, end) - 1];
  return last === undefined ? null : Math.max(0, end - last - history.stepMs);
}

/** The line of least squares through the window, as its value at `end` and its slope a ms. Null = no line. */
export function lineThrough(
  history: History,
  end: number,
  windowMs: number,
): { level: number; slope: number } | null {
  const { from, to } = bounds(history, end, windowMs);
  const count = to - from;
  if (count < 2) return null;
  const [time, value] = [between(history.times, from, to) / count, between(history.sums, from, to) / count];
  const spread = between(history.squares, from, to) / count - time * time;
  if (spread <= 0) return null;
  const slope = (between(history.products, from, to) / count - time * value) / spread;
  const endMinutes = (end - (history.at[0] ?? end)) / 60_000;
  return { level: value + slope * (endMinutes - time), slope: slope / 60_000 };
}

function bounds(history: History, end: number, windowMs: number): { from: number; to: number } {
  return { from: firstFrom(history, end - windowMs), to: firstFrom(history, end) };
}

function between(sums: readonly number[], from: number, to: number): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0);
}

/**
 * Index of the first moment that is not before `moment`. Where no step is missing it is where arithmetic says; a missing
 * one only brings it forward.
 */
function firstFrom({ at, stepMs }: Pick<History, "at" | "stepMs">, moment: number): number {
  const [first] = at;
  if (first === undefined || moment <= first) return 0;
  let [low, high] = [0, Math.min(at.length, Math.ceil((moment - first) / stepMs))];
  if ((at[high - 1] ?? Number.POSITIVE_INFINITY) < moment) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? Number.POSITIVE_INFINITY) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
