import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLine, forecastStored } from "./forecast.ts";

const at = new Date("2026-11-23T00:00:00.000Z");
const dayMs = 86_400_000;
const tib = 2 ** 40;
const daysAgo = (days: number) => new Date(at.getTime() - days * dayMs);

/** One point a day, oldest first, ending today. */
function daily(count: number, bytesOn: (day: number) => number | null) {
  return Array.from({ length: count }, (_, day) => ({ at: daysAgo(count - 1 - day), bytes: bytesOn(day) }));
}

describe("the forecast of stored bytes", () => {
  it("says in how many days a steadily filling disk is full", () => {
    const points = daily(60, (day) => (55.1 - (59 - day) * 0.47) * tib);
    const forecast = forecastStored({ points, capacityBytes: 64 * tib }, at);
    expect(forecast).toMatchObject({ verdict: "full_in", wording: "Full in 19 days" });
    expect(forecast.fullInDays).toBeCloseTo(8.9 / 0.47, 3);
    expect((forecast.bytesPerDay ?? 0) / tib).toBeCloseTo(0.47, 6);
    expect(forecast.fullAtEarliest).toBe(forecast.fullAt);
    expect(forecast.fullAtLatest).toBe(forecast.fullAt);
  });

  it("gives a band that widens with noise and holds the date", () => {
    const points = daily(60, (day) => (30 + day * 0.3 + Math.sin(day * 12.9898) * 0.8) * tib);
    const { fullAt, fullAtEarliest, fullAtLatest, ahead } = forecastStored(
      { points, capacityBytes: 64 * tib },
      at,
    );
    expect(fullAtEarliest && fullAt && fullAtEarliest < fullAt).toBe(true);
    expect(fullAtLatest && fullAt && fullAt < fullAtLatest).toBe(true);
    for (const point of ahead)
      expect(point.lowBytes <= point.bytes && point.bytes <= point.highBytes).toBe(true);
    expect(ahead[0]?.at).toBe(at.toISOString());
  });

  it("is not moved by one bad week in five", () => {
    const honest = daily(60, (day) => (30 + day * 0.3) * tib);
    const spoiled = honest.map((point, day) => (day >= 20 && day < 30 ? { ...point, bytes: 0 } : point));
    const [a, b] = [honest, spoiled].map((points) => forecastStored({ points, capacityBytes: 64 * tib }, at));
    expect(b?.fullInDays).toBeCloseTo(a?.fullInDays ?? 0, 0);
  });

  it.each([
    ["No growth", daily(30, () => 20 * tib)],
    ["No growth", daily(30, (day) => (40 - day * 0.1) * tib)],
    ["Full", daily(30, (day) => (60 + day * 0.2) * tib)],
    ["Not full within ten years", daily(30, (day) => (10 + day * 0.01) * tib)],
    ["Not enough data: no reading of stored bytes", daily(30, () => null)],
    ["Not enough data: 0.0 s of 24 h 00 m", daily(1, () => tib)],
    ["Not enough data: 4 of 12 readings", daily(4, (day) => day * tib)],
  ])("says %s", (wording, points) => {
    expect(forecastStored({ points, capacityBytes: 64 * tib }, at).wording).toBe(wording);
  });

  it("names no date without a capacity", () => {
    const points = daily(30, (day) => day * tib);
    expect(forecastStored({ points, capacityBytes: null }, at)).toMatchObject({
      wording: "Grows; its capacity is not known",
      fullAt: null,
    });
  });

  it("leaves days without a reading out instead of taking them as 0", () => {
    const points = daily(60, (day) => (day % 2 === 0 ? null : (30 + day * 0.3) * tib));
    const forecast = forecastStored({ points, capacityBytes: 64 * tib }, at);
    expect((forecast.bytesPerDay ?? 0) / tib).toBeCloseTo(0.3, 6);
    expect(forecast.history.filter((point) => point.bytes === null)).toHaveLength(30);
  });
});

describe("the fitted line", () => {
  it("finds any straight line again", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.double({ min: 0, max: 1e14, noNaN: true }),
        fc.integer({ min: 3, max: 80 }),
        (slope, level, count) => {
          const points = daily(count, (day) => level + slope * day);
          const fit = fitLine(points.map(({ at: moment, bytes }) => ({ at: moment, bytes: bytes ?? 0 })));
          const tolerance = (Math.abs(slope) + level) * 1e-6 + 1e-3;
          expect(Math.abs(fit.slope - slope)).toBeLessThanOrEqual(tolerance);
          expect(fit.slopeLow).toBeLessThanOrEqual(fit.slope);
          expect(fit.slopeHigh).toBeGreaterThanOrEqual(fit.slope);
        },
      ),
    );
  });
});
