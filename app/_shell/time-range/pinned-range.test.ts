import { describe, expect, it } from "vitest";
import { pinnedTo } from "./pinned-range.ts";

const asOf = "2026-07-14T03:31:08.000Z";

describe("a range as of one moment", () => {
  it.each([
    [{ from: "now-3h", to: "now" }, "2026-07-14T00:31:08.000Z", asOf],
    [{ from: "now-2d", to: "now-1d" }, "2026-07-12T03:31:08.000Z", "2026-07-13T03:31:08.000Z"],
    [{ from: "2026-07-01T00:00:00Z", to: "now" }, "2026-07-01T00:00:00.000Z", asOf],
  ])("%j ends there and stands still", (range, from, to) => {
    expect(pinnedTo(range, asOf)).toEqual({ from, to });
  });

  it("shows nothing of what came later", () => {
    expect(pinnedTo({ from: "now-3h", to: "2026-08-01T00:00:00Z" }, asOf).to).toBe(asOf);
  });

  it("leaves what is no time to the panels, which say so", () => {
    expect(pinnedTo({ from: "soon", to: "now" }, asOf)).toEqual({ from: "soon", to: "now" });
    expect(pinnedTo({ from: "now-3h", to: "now" }, "yesterday")).toEqual({ from: "now-3h", to: "yesterday" });
  });
});
