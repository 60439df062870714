import { msBetween } from "../../kernel/clock.ts";

/** Wrong tries lately under one key; `since` is the first of them. */
export type Tries = { failures: number; since: Date; blockedUntil: Date | null };

/** After `free` tries within the window each further one costs a pause. */
export type TryLimit = { windowMs: number; free: number; pauseMs(failures: number): number };

export type TryVerdict = { kind: "admitted"; tries: Tries } | { kind: "blocked"; until: Date };

const minuteMs = 60_000;

/** One address: ten tries in 15 minutes, then 15 minutes of pause. */
export const addressLimit: TryLimit = { windowMs: 15 * minuteMs, free: 10, pauseMs: () => 15 * minuteMs };

/**
 * One account, from whatever address: slowed down to a try each 30 s, never shut, so that nobody can lock its owner out.
 * Addresses from which the owner is signed in are not counted here at all.
 */
export const accountLimit: TryLimit = {
  windowMs: 15 * minuteMs,
  free: 5,
  pauseMs: (failures) => Math.min(30_000, 1_000 * 2 ** Math.min(failures - 5, 10)),
};

/**
 * May another password be checked? A try counts as wrong when it begins, so that a thousand at once are no way around;
 * `forgiveTry` takes it back when it was right. Refused tries do not count.
 */
export function judgeTry(tries: Tries | null, limit: TryLimit, at: Date): TryVerdict {
  if (tries?.blockedUntil && tries.blockedUntil > at) return { kind: "blocked", until: tries.blockedUntil };
  const isFresh = tries !== null && msBetween(tries.since, at) < limit.windowMs;
  const failures = isFresh ? tries.failures + 1 : 1;
  const pauseMs = failures >= limit.free ? limit.pauseMs(failures) : 0;
  return {
    kind: "admitted",
    tries: {
      failures,
      since: isFresh ? tries.since : at,
      blockedUntil: pauseMs > 0 ? new Date(at.getTime() + pauseMs) : null,
    },
  };
}

/** The tries without the one that turned out right. */
export function forgiveTry(tries: Tries, limit: TryLimit): Tries {
  const failures = Math.max(0, tries.failures - 1);
  return { ...tries, failures, blockedUntil: failures >= limit.free ? tries.blockedUntil : null };
}

export function triesLeft(tries: Tries, limit: TryLimit): number {
  return Math.max(0, limit.free - tries.failures);
}
