import { msBetween } from "../../kernel/clock.ts";

/** Nobody used the session for this long: it is over, although it has not expired. */
export const idleLimitMs = 24 * 3600_000;

/** How exact "last seen" is; a request does not write more often. */
export const seenEveryMs = 60_000;

/** Sessions that were not used since then are over. */
export function idleSince(at: Date): Date {
  return new Date(at.getTime() - idleLimitMs);
}

export function isSeenLongAgo(seenAt: Date, at: Date): boolean {
  return msBetween(seenAt, at) >= seenEveryMs;
}
