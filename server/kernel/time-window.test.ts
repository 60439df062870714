import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  nextOccurrence,
  occurrenceAt,
  occurrencesBetween,
  type TimeWindow,
  type WeeklyWindow,
  windowProblem,
} from "./time-window.ts";

const at = (text: string) => new Date(text);
const weekly = (parts: Partial<WeeklyWindow> = {}): WeeklyWindow => ({
  kind: "weekly",
  days: [7],
  from: "02:00",
  to: "03:00",
  zone: "Europe/Berlin",
  firstAt: "2026-01-01T00:00:00Z",
  lastAt: "2026-12-31T00:00:00Z",
  ...parts,
});
const shown = (window: TimeWindow, from: string, until: string) =>
  occurrencesBetween(window, at(from), at(until)).map(
    ({ startsAt, endsAt }) => `${startsAt.toISOString().slice(5, 16)} ${endsAt.toISOString().slice(5, 16)}`,
  );

describe("a weekly window", () => {
  it.each([
    ["in winter", {}, "2026-01-11", ["01-11T01:00 01-11T02:00"]],
    ["in summer", {}, "2026-07-12", ["07-12T00:00 07-12T01:00"]],
    ["does not take place in the hour that clocks skip", {}, "2026-03-29", []],
    [
      "begins when the skip is over, where it would begin within it",
      { from: "02:30", to: "04:00" },
      "2026-03-29",
      ["03-29T01:00 03-29T02:00"],
    ],
    [
      "ends with the skip, where it would end within it",
      { from: "01:00", to: "02:30" },
      "2026-03-29",
      ["03-29T00:00 03-29T01:00"],
    ],
    ["lasts through the hour that clocks show twice", {}, "2026-10-25", ["10-25T00:00 10-25T02:00"]],
    [
      "goes on past midnight, also of the last day",
      { days: [6], from: "23:00", to: "02:00" },
      "2026-01-11",
      ["01-10T22:00 01-11T01:00"],
    ],
    [
      "lasts a day where it ends when it began",
      { days: [6], from: "12:00", to: "12:00" },
      "2026-01-11",
      ["01-10T11:00 01-11T11:00"],
    ],
    [
      "west of the date line's clocks",
      { zone: "Pacific/Kiritimati" },
      "2026-01-10",
      ["01-10T12:00 01-10T13:00"],
    ],
    ["in a zone with half hours", { zone: "Asia/Kolkata" }, "2026-01-10", ["01-10T20:30 01-10T21:30"]],
    ["not before its first day", { firstAt: "2026-01-12T00:00:00Z" }, "2026-01-11", []],
    [
      "is cut where it begins for the first time",
      { firstAt: "2026-01-11T01:30:00Z" },
      "2026-01-11",
      ["01-11T01:30 01-11T02:00"],
    ],
    [
      "is cut at its mandatory end",
      { lastAt: "2026-01-11T01:30:00Z" },
      "2026-01-11",
      ["01-11T01:00 01-11T01:30"],
    ],
  ] as [string, Partial<WeeklyWindow>, string, string[]][])("%s", (_what, parts, day, expected) => {
    const until = new Date(at(`${day}T00:00:00Z`).getTime() + 86_400_000).toISOString();
    expect(shown(weekly(parts), `${day}T00:00:00Z`, until)).toEqual(expected);
  });

  it("holds its first moment and not its last", () => {
    const window = weekly();
    expect(occurrenceAt(window, at("2026-01-11T00:59:59.999Z"))).toBeNull();
    expect(occurrenceAt(window, at("2026-01-11T01:00:00Z"))?.endsAt).toEqual(at("2026-01-11T02:00:00Z"));
    expect(occurrenceAt(window, at("2026-01-11T02:00:00Z"))).toBeNull();
  });

  it("names the next, until none is left", () => {
    const window = weekly();
    const next = (from: string) => nextOccurrence(window, at(from))?.startsAt.toISOString() ?? null;
    expect(next("2025-06-01T00:00:00Z")).toBe("2026-01-04T01:00:00.000Z");
    expect(next("2026-01-11T01:00:00Z")).toBe("2026-01-18T01:00:00.000Z");
    expect(next("2026-12-28T00:00:00Z")).toBeNull();
  });

  // An occurrence is exactly the moments at which a clock of the zone shows a time in it, but for what clocks skip or repeat.
  it("agrees with the clocks of its zone at any moment", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"];
    const quarter = fc.integer({ min: 0, max: 95 });
    const aTime = (n: number) =>
      `${String(Math.floor(n / 4)).padStart(2, "0")}:${String((n % 4) * 15).padStart(2, "0")}`;
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        quarter,
        quarter,
        fc.integer({ min: 0, max: 365 * 96 - 1 }),
        (zone, from, to, slot) => {
          const moment = new Date(Date.parse("2026-01-01T00:00:00Z") + slot * 900_000);
          if (/-(03|10|11)-/.test(moment.toISOString())) return;
          const window = weekly({ zone, days: [1, 2, 3, 4, 5, 6, 7], from: aTime(from), to: aTime(to) });
          const wide = { ...window, firstAt: "2025-12-01T00:00:00Z", lastAt: "2027-02-01T00:00:00Z" };
          const clock = moment.toLocaleTimeString("en-GB", {
            timeZone: zone,
            hour: "2-digit",
            minute: "2-digit",
          });
          const isIn =
            from < to ? clock >= window.from && clock < window.to : clock >= window.from || clock < window.to;
          expect(occurrenceAt(wide, moment) !== null).toBe(isIn);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a window that is asked for", () => {
  const now = at("2026-06-01T12:00:00Z");
  const once = (startsAt: string, endsAt: string): TimeWindow => ({ kind: "once", startsAt, endsAt });
  it.each([
    ["is fine", once("2026-06-01T12:00:00Z", "2026-06-01T13:00:00Z"), null],
    ["may have begun", once("2026-05-30T12:00:00Z", "2026-06-01T13:00:00Z"), null],
    ["ends after it began", once("2026-06-03T12:00:00Z", "2026-06-03T12:00:00Z"), "It ends after it began."],
    ["is not over", once("2026-05-03T12:00:00Z", "2026-06-01T12:00:00Z"), "It ends in the past."],
    ["is bounded", once("2026-06-01T12:00:00Z", "2026-07-02T12:00:00Z"), "It lasts 30 days at most."],
    ["recurs within a year", weekly({ lastAt: "2028-01-01T00:00:00Z" }), "It recurs for 366 days at most."],
    ["has a zone", weekly({ zone: "Mars/Base" }), "Mars/Base is no time zone."],
    ["is fine each week", weekly(), null],
    [
      "is no way to hide things for good",
      weekly({ days: [1, 2, 3, 4], from: "00:00", to: "00:00" }),
      "It covers half of the week at most.",
    ],
    [
      "takes place",
      weekly({ firstAt: "2026-06-01T12:00:00Z", lastAt: "2026-06-02T12:00:00Z" }),
      "It never takes place between its first and its last day.",
    ],
  ] as const)("%s", (_what, window, problem) => {
    expect(windowProblem(window, now)).toBe(problem);
  });
});
