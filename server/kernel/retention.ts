import type { GrainName } from "./grains.ts";

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

/** Whether something at a time is still to be kept. */
export function isKept(atMs: number, keptMs: number | null, nowMs: number): boolean {
  return keptMs === null || atMs >= nowMs - keptMs;
}
