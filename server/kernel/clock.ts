/** Where time comes from. Decisions take a `Date`; only edges hold a clock. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

export function msBetween(earlier: Date, later: Date): number {
  return later.getTime() - earlier.getTime();
}
