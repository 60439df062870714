import { describe, expect, it } from "vitest";
import { firstWindow, nextWindow, pauseAfter, restMs } from "./window-rules.ts";

describe("the width of a step", () => {
  it("grows through quiet stretches up to a limit, and shrinks at once through crowded ones", () => {
    expect(nextWindow(firstWindow, 0)).toBe(2 * firstWindow);
    expect(nextWindow(90_000, 10)).toBe(100_000);
    expect(nextWindow(firstWindow, 300_000)).toBe(firstWindow);
    expect(nextWindow(firstWindow, 2_000_000)).toBe(firstWindow / 4);
  });

  it("never is less than one transaction", () => {
    expect(nextWindow(1, 5_000_000)).toBe(1);
  });
});

describe("the pause after a step", () => {
  it("leaves three quarters of a core to others while there is more to count", () => {
    expect(pauseAfter(1_000, false)).toBe(3_000);
  });

  it("lets records gather when all is counted", () => {
    expect(pauseAfter(10, true)).toBe(restMs);
  });
});
