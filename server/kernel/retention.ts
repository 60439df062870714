import type { Grain, GrainName } from "./grains.ts";

/** How long raw records and each rollup are kept, in ms; null = for good. */
export type Retention = Readonly<Record<"raw" | GrainName, number | null>>;

const dayMs = 86_400_000;

export const defaultRetention: Retention = {
  raw: 7 * dayMs,
  "1s": 2 * dayMs,
  "1m": 30 * dayMs,
  "1h": 730 * dayMs,
  "1d": null,
};

export type RetentionAt = { retention: Retention; at: Date };

/** Whether a window is still to be kept: its end counts, because a partition is dropped when all of it is over. */
export function isWindowKept(start: number, grain: Grain, { retention, at }: RetentionAt): boolean {
  const keptMs = retention[grain.name];
  return keptMs === null || start + grain.ms >= at.getTime() - keptMs;
}

/** What is older than this is in no window any more; null = nothing is too old. */
export function longestKept(retention: Retention): number | null {
  const kept = [retention["1s"], retention["1m"], retention["1h"], retention["1d"]];
  const known = kept.filter((ms) => ms !== null);
  return known.length < kept.length ? null : Math.max(...known);
}
