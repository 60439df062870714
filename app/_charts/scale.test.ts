import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rangeTicks, timeTicks, valueTicks } from "./scale.ts";

it.each([
  [563, [0, 200, 400, 600]],
  [119, [0, 50, 100, 150]],
  [0.9, [0, 0.25, 0.5, 0.75, 1]],
  [100, [0, 25, 50, 75, 100]],
  [0, [0, 0.25, 0.5, 0.75, 1]],
])("an axis up to %d has the ticks %j", (max, ticks) => {
  expect(valueTicks(max)).toEqual(ticks);
});

it("always covers what is drawn with few round ticks", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e15, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (max, share) => {
        const min = max * share;
        const ticks = rangeTicks(min, max);
        expect(ticks.at(0)).toBeLessThanOrEqual(min * 1.001);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * 0.999);
        expect(ticks.length).toBeLessThanOrEqual(7);
      },
    ),
  );
});

describe("ticks of time", () => {
  const from = Date.UTC(2026, 6, 14, 0, 31, 8);

  it("stand on round times of the clock that is shown", () => {
    const ticks = timeTicks({ from, to: from + 3 * 3_600_000 }, 6, "utc");
    // 03:30 would be a minute before the end, and half its text outside.
    expect(ticks.map(({ text }) => text)).toEqual(["01:00", "01:30", "02:00", "02:30", "03:00"]);
  });

  it("name the day at midnight and beyond days", () => {
    const night = timeTicks({ from: from - 2 * 3_600_000, to: from + 3_600_000 }, 4, "utc");
    expect(night.map(({ text }) => text)).toContain("14 Jul");
    const weeks = timeTicks({ from, to: from + 28 * 86_400_000 }, 5, "utc");
    expect(weeks.every(({ text }) => /^\d+ (Jul|Aug)$/.test(text))).toBe(true);
  });

  it("never crowd", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60_000, max: 3_000_000_000 }),
        fc.integer({ min: 2, max: 12 }),
        (span, most) => {
          expect(timeTicks({ from, to: from + span }, most, "utc").length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});
