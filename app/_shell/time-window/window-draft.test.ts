import { describe, expect, it } from "vitest";
import type { TimeWindow } from "../../../server/kernel/time-window.ts";
import { draftOf, newDraft, readDraft, type WindowDraft } from "./window-draft.ts";
import { windowWords } from "./window-words.ts";

const now = new Date("2026-11-27T18:20:00.000Z");
const weekly: TimeWindow = {
  ...{ kind: "weekly", days: [1, 2, 5], from: "22:00", to: "02:00", zone: "Europe/Berlin" },
  ...{ firstAt: "2026-11-27T00:00:00.000Z", lastAt: "2026-12-27T00:00:00.000Z" },
};
const once: TimeWindow = {
  kind: "once",
  startsAt: "2026-11-28T22:00:00.000Z",
  endsAt: "2026-11-29T02:30:00.000Z",
};

describe("a window in a form", () => {
  it.each([once, weekly])("comes back as it was", (window) => {
    for (const clock of ["utc", "local"] as const)
      expect(readDraft(draftOf(window, now, clock), now, clock)).toEqual({ kind: "window", window });
  });

  it("is one that can be made as it first stands there", () => {
    expect(readDraft(newDraft(now, "utc"), now, "utc")).toEqual({
      kind: "window",
      window: { kind: "once", startsAt: "2026-11-27T19:00:00.000Z", endsAt: "2026-11-27T21:00:00.000Z" },
    });
  });

  it.each([
    ["startsAt", { startsAt: "tomorrow" }],
    ["startsAt", { startsAt: "-3h" }],
    ["endsAt", { endsAt: "" }],
    ["firstAt", { kind: "weekly", firstAt: "2026-13-01" }],
    ["from", { kind: "weekly", from: "24:00" }],
    ["to", { kind: "weekly", to: "2" }],
    ["days", { kind: "weekly", days: [] }],
  ] satisfies [string, Partial<WindowDraft>][])("says what is wrong with %s", (field, parts) => {
    const read = readDraft({ ...newDraft(now, "utc"), ...parts }, now, "utc");
    expect(read).toMatchObject({ kind: "problem", field });
  });

  it("may begin now", () => {
    const read = readDraft({ ...newDraft(now, "utc"), startsAt: "now" }, now, "utc");
    expect(read).toMatchObject({ window: { startsAt: now.toISOString() } });
  });
});

it("is told in one line", () => {
  expect(windowWords(once, "utc")).toBe("28 Nov 22:00 – 29 Nov 02:30 UTC");
  expect(windowWords({ ...once, endsAt: "2026-11-28T23:00:00.000Z" }, "utc")).toBe("28 Nov 22:00–23:00 UTC");
  expect(windowWords(weekly, "utc")).toBe("Mon, Tue, Fri 22:00–02:00 Europe/Berlin, until 27 Dec");
});
