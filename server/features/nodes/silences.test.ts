import { describe, expect, it } from "vitest";
import { longestSilence, silencesOf } from "./silences.ts";

const at = new Date("2026-11-23T12:10:30.000Z");
const minutes = (...list: number[]) => list.map((minute) => new Date(Date.UTC(2026, 10, 23, 12, minute)));
const heard = (windows: Date[], secondsAgo: number | null) => ({
  windows,
  windowMs: 60_000,
  heardAt: secondsAgo === null ? null : new Date(at.getTime() - secondsAgo * 1_000),
});

describe("silences of a node", () => {
  it("lie between windows in which it was heard, and after the last one", () => {
    expect(silencesOf(heard(minutes(0, 1, 4, 5), 300), at, 60_000)).toEqual([
      { from: minutes(2)[0], to: minutes(4)[0] },
      { from: new Date(at.getTime() - 300_000), to: null },
    ]);
  });

  it("are not made of the time before it was first heard, or of a moment ago", () => {
    expect(silencesOf(heard(minutes(9, 10), 2), at, 60_000)).toEqual([]);
    expect(silencesOf(heard([], null), at, 60_000)).toEqual([]);
  });

  it("know the longest, also when it lasts", () => {
    expect(longestSilence(heard(minutes(0, 5), 20), at)).toEqual({ ms: 240_000, from: minutes(1)[0] });
    expect(longestSilence(heard(minutes(0, 2), 480), at)?.ms).toBe(480_000);
    expect(longestSilence(heard([], null), at)).toBeNull();
  });
});
