import { describe, expect, it } from "vitest";
import {
  accountLimit,
  addressLimit,
  forgiveTry,
  judgeTry,
  type Tries,
  type TryLimit,
  triesLeft,
} from "./throttle-rules.ts";

const start = new Date("2026-11-23T12:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** Tries again and again from the start, as fast as it is let, until `until`; returns when it was let. */
function hammer(limit: TryLimit, untilSeconds: number): number[] {
  const admittedAt: number[] = [];
  let tries: Tries | null = null;
  for (let second = 0; second < untilSeconds; second += 1) {
    const verdict = judgeTry(tries, limit, later(second));
    if (verdict.kind === "blocked") continue;
    tries = verdict.tries;
    admittedAt.push(second);
  }
  return admittedAt;
}

describe("one address", () => {
  it("gets ten tries, then 15 minutes of pause, then ten more", () => {
    const admitted = hammer(addressLimit, 1_800);
    expect(admitted.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(admitted[10]).toBe(909);
    expect(admitted).toHaveLength(20);
  });

  it("is told how many tries are left", () => {
    const verdict = judgeTry({ failures: 5, since: start, blockedUntil: null }, addressLimit, later(60));
    expect(verdict.kind === "admitted" && triesLeft(verdict.tries, addressLimit)).toBe(4);
  });

  it("starts anew when the window is over", () => {
    const verdict = judgeTry({ failures: 9, since: start, blockedUntil: null }, addressLimit, later(900));
    expect(verdict).toEqual({
      kind: "admitted",
      tries: { failures: 1, since: later(900), blockedUntil: null },
    });
  });

  it("is not blocked longer by tries that were refused", () => {
    const blocked: Tries = { failures: 10, since: start, blockedUntil: later(900) };
    expect(judgeTry(blocked, addressLimit, later(899))).toEqual({ kind: "blocked", until: later(900) });
    expect(judgeTry(blocked, addressLimit, later(900)).kind).toBe("admitted");
  });
});

describe("one account", () => {
  it("is slowed down to a try each 30 s and never shut", () => {
    const admitted = hammer(accountLimit, 900);
    expect(admitted.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 7, 11, 19, 35]);
    const gaps = admitted.slice(1).map((second, index) => second - (admitted[index] ?? 0));
    expect(Math.max(...gaps)).toBe(30);
  });
});

it("takes back a try that turned out right, and the pause that it would have caused", () => {
  const tenth = judgeTry({ failures: 9, since: start, blockedUntil: null }, addressLimit, later(30));
  if (tenth.kind !== "admitted") throw new Error("not admitted");
  expect(tenth.tries.blockedUntil).toEqual(later(930));
  expect(forgiveTry(tenth.tries, addressLimit)).toEqual({ failures: 9, since: start, blockedUntil: null });
});
