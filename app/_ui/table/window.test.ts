import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowWindow, scrollToRow } from "./window.ts";

it("draws every row that can be seen, and a bounded number of others", () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.nat(32_000_000),
      fc.integer({ min: 1, max: 2_000 }),
      (count, top, height) => {
        const { first, last } = rowWindow({ top, height }, 32, count);
        const seenFirst = Math.min(count, Math.floor(top / 32));
        const seenLast = Math.min(count, Math.ceil((top + height) / 32));
        expect(first).toBeLessThanOrEqual(seenFirst);
        expect(last).toBeGreaterThanOrEqual(seenLast);
        expect(last - first).toBeLessThanOrEqual(height / 32 + 18);
      },
    ),
  );
});

describe("bringing a row into view", () => {
  const view = { top: 320, height: 228, headHeight: 28 };

  it("does nothing for a row that can be seen", () => {
    expect(scrollToRow(12, 32, view)).toBeNull();
  });

  it("scrolls up to its top, and down until it stands above the lower edge", () => {
    expect(scrollToRow(9, 32, view)).toBe(288);
    expect(scrollToRow(20, 32, view)).toBe(21 * 32 + 28 - 228);
  });
});
