/** How many transactions one step takes, so that a step stays short whatever a transaction holds. */
const mostFlushes = 100_000;
const fewRecords = 100_000;
const manyRecords = 600_000;

export const firstWindow = 64;

/** The next window's width, by what the last one brought: wider through quiet stretches, narrower through crowded ones. */
export function nextWindow(width: number, records: number): number {
  if (records > manyRecords) return Math.max(1, Math.floor(width / 4));
  if (records < fewRecords) return Math.min(mostFlushes, width * 2);
  return width;
}

/** Counting gets at most this share of one core: a step is followed by a pause this many times as long. */
const pausePerStep = 3;
export const restMs = 2_000;

/** Milliseconds until the next step. */
export function pauseAfter(stepMs: number, isCaughtUp: boolean): number {
  return isCaughtUp ? Math.max(restMs, stepMs * pausePerStep) : stepMs * pausePerStep;
}
