import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAppError } from "./errors.ts";
import {
  chooseGrain,
  grainMs,
  grains,
  maxPoints,
  partialFrom,
  rangeEnd,
  resolveTimeRange,
  stepIndex,
  stepStarts,
  type TimeRangeInput,
  withFewerPoints,
} from "./time-range.ts";

const at = new Date("2026-11-23T03:31:08.250Z");

describe("a time range in a URL", () => {
  it.each<[string, TimeRangeInput, string, string]>([
    ["nothing means the last three hours", {}, "2026-11-23T00:31:08.250Z", "2026-11-23T03:31:08.250Z"],
    ["relative", { from: "now-1d", to: "now-12h" }, "2026-11-22T03:31:08.250Z", "2026-11-22T15:31:08.250Z"],
    ["weeks", { from: "now-2w" }, "2026-11-09T03:31:08.250Z", "2026-11-23T03:31:08.250Z"],
    [
      "absolute",
      { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
      "2026-11-20T00:00:00.000Z",
      "2026-11-21T00:00:00.000Z",
    ],
    [
      "with an offset",
      { from: "2026-11-20T02:00:00+02:00", to: "now" },
      "2026-11-20T00:00:00.000Z",
      "2026-11-23T03:31:08.250Z",
    ],
    [
      "bare days",
      { from: "2026-11-20", to: "2026-11-21" },
      "2026-11-20T00:00:00.000Z",
      "2026-11-21T00:00:00.000Z",
    ],
    [
      "as of a moment, to which relative times refer",
      { from: "now-1h", asOf: "2026-11-20T12:00:00Z" },
      "2026-11-20T11:00:00.000Z",
      "2026-11-20T12:00:00.000Z",
    ],
    [
      "an end after asOf is cut",
      { from: "2026-11-20T11:00:00Z", to: "2026-11-22T00:00:00Z", asOf: "2026-11-20T12:00:00Z" },
      "2026-11-20T11:00:00.000Z",
      "2026-11-20T12:00:00.000Z",
    ],
    [
      "an end in the future is cut",
      { from: "now-1h", to: "2030-01-01T00:00:00Z" },
      "2026-11-23T02:31:08.250Z",
      "2026-11-23T03:31:08.250Z",
    ],
    [
      "an asOf in the future is now",
      { from: "now-1h", asOf: "2030-01-01T00:00:00Z" },
      "2026-11-23T02:31:08.250Z",
      "2026-11-23T03:31:08.250Z",
    ],
  ])("%s", (_, input, from, to) => {
    const range = resolveTimeRange(input, at);
    expect([range.from.toISOString(), range.to.toISOString()]).toEqual([from, to]);
  });

  it.each<TimeRangeInput>([
    { from: "yesterday" },
    { from: "now+1h" },
    { from: "now-1h", to: "now-2h" },
    { from: "2030-01-01T00:00:00Z" },
    { from: "1969-01-01T00:00:00Z" },
    { from: "now-999999y" },
    { from: "2015-01-01T00:00:00Z" },
    { from: "2026-13-01T00:00:00Z" },
    { asOf: "1763868668" },
    { from: "" },
  ])("refuses %j and says how to write it", (input) => {
    expect(() => resolveTimeRange(input, at)).toThrowError(/Choose|Write/);
  });

  it("is live only when its end follows the clock", () => {
    expect(resolveTimeRange({}, at).isLive).toBe(true);
    expect(resolveTimeRange({ to: "now-1m" }, at).isLive).toBe(false);
    expect(resolveTimeRange({ asOf: "2026-11-20T12:00:00Z" }, at).isLive).toBe(false);
  });
});

describe("the grain of a range", () => {
  const span = (text: string) => resolveTimeRange({ from: `now-${text}` }, at);

  it.each([
    ["1m", "1s", 1_000],
    ["10m", "1s", 1_000],
    ["11m", "1m", 60_000],
    ["3h", "1m", 60_000],
    ["12h", "1m", 60_000],
    ["13h", "1h", 3_600_000],
    ["30d", "1h", 3_600_000],
    ["60d", "1h", 2 * 3_600_000],
    ["61d", "1d", 86_400_000],
    ["1y", "1d", 86_400_000],
    ["5y", "1d", 3 * 86_400_000],
  ])("of the last %s is %s in steps of %s ms", (text, grain, stepMs) => {
    expect(span(text)).toMatchObject({ grain, stepMs });
  });

  it("is coarser where the finer windows have been dropped", () => {
    const day = 86_400_000;
    const ago = (days: number, lengthMs: number) => {
      const from = new Date(at.getTime() - days * day);
      return chooseGrain(from, new Date(from.getTime() + lengthMs), at);
    };
    expect(ago(1, 300_000)).toBe("1s");
    expect(ago(5, 300_000)).toBe("1m");
    expect(ago(40, 300_000)).toBe("1h");
    expect(ago(800, 300_000)).toBe("1d");
  });
});

describe("the steps of a range", () => {
  const anyRange = fc.tuple(
    fc.date({ min: new Date("2017-01-01"), max: new Date("2026-11-23"), noInvalidDate: true }),
    fc.integer({ min: 1, max: 3_600 * 24 * 365 * 9 }),
  );
  const resolve = ([from, seconds]: [Date, number]) => {
    const to = new Date(Math.min(from.getTime() + seconds * 1_000, at.getTime()));
    return from < to ? resolveTimeRange({ from: from.toISOString(), to: to.toISOString() }, at) : null;
  };

  it("cover it, are aligned, and are never more than fit a screen", () => {
    fc.assert(
      fc.property(anyRange, (input) => {
        const range = resolve(input);
        if (range === null) return;
        expect(range.start <= range.from).toBe(true);
        expect(rangeEnd(range) >= range.to).toBe(true);
        expect(rangeEnd(range).getTime() - range.to.getTime()).toBeLessThan(range.stepMs);
        expect(range.start.getTime() % range.stepMs).toBe(0);
        expect(range.stepMs % grainMs[range.grain]).toBe(0);
        expect(range.points).toBeLessThanOrEqual(maxPoints + 1);
        expect(grains).toContain(range.grain);
      }),
    );
  });

  it("find the step of each moment", () => {
    const range = resolveTimeRange({ from: "now-3h" }, at);
    const starts = stepStarts(range);
    expect(starts).toHaveLength(181);
    expect(starts.map((start) => stepIndex(range, start))).toEqual(starts.map((_, index) => index));
    expect(stepIndex(range, new Date(range.start.getTime() - 1))).toBeNull();
    expect(stepIndex(range, rangeEnd(range))).toBeNull();
  });

  it("mark the one that is still growing", () => {
    expect(partialFrom(resolveTimeRange({ from: "now-3h" }, at), at)?.toISOString()).toBe(
      "2026-11-23T03:31:00.000Z",
    );
    expect(partialFrom(resolveTimeRange({ from: "now-3h", to: "now-1h" }, at), at)).toBeNull();
  });

  it("can be made fewer for a panel with fewer columns", () => {
    const range = withFewerPoints(resolveTimeRange({ from: "now-3h" }, at), 120);
    expect(range).toMatchObject({ grain: "1m", stepMs: 120_000, points: 91 });
  });
});

it("throws errors that a caller may see", () => {
  expect(() => resolveTimeRange({ from: "x" }, at)).toThrow(expect.toSatisfy(isAppError));
});
