import type { Clock } from "../kernel/clock.ts";

export type FakeClock = Clock & { set(at: Date | string): void; advance(ms: number): void };

/** Time that moves only when a test says so. */
export function fakeClock(at: Date | string = "2026-11-23T12:00:00.000Z"): FakeClock {
  let now = new Date(at);
  return {
    now: () => new Date(now),
    set: (next) => {
      now = new Date(next);
    },
    advance: (ms) => {
      now = new Date(now.getTime() + ms);
    },
  };
}
