import fc from "fast-check";
import { expect, it } from "vitest";
import { spread } from "./spread.ts";

it("leaves alone what stands apart, and spreads the rest around its middle", () => {
  expect(spread([100, 10, 50], 12)).toEqual([100, 10, 50]);
  expect(spread([20, 22], 12)).toEqual([15, 27]);
  expect(spread([20, 20, 20], 10)).toEqual([10, 20, 30]);
  expect(spread([], 12)).toEqual([]);
});

it("keeps the order and the distance, whatever the positions", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 12 }), (values) => {
      const places = spread(values, 12);
      const sorted = [...places].sort((a, b) => a - b);
      for (const [at, place] of sorted.entries())
        if (at > 0) expect(place - (sorted[at - 1] ?? 0)).toBeGreaterThanOrEqual(12 - 1e-6);
      for (const [a, one] of values.entries())
        for (const [b, other] of values.entries())
          if (one < other) expect(places[a]).toBeLessThan(places[b] ?? 0);
    }),
  );
});
