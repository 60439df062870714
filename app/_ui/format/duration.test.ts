import { expect, it } from "vitest";
import { formatAge, formatDuration } from "./duration.ts";

it.each([
  [400, "0.4 s"],
  [9_949, "9.9 s"],
  [9_950, "9 s"],
  [14_200, "14 s"],
  [26 * 60_000, "26 m"],
  [18 * 3_600_000, "18 h"],
  [5 * 86_400_000, "5 d"],
])("an age of %d ms is %s", (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

it("shows the age of something from a clock ahead of ours as none", () => {
  expect(formatAge(-900)).toBe("0.0 s");
});

it.each([
  [340, "340 ms"],
  [2_400, "2.4 s"],
  [130_000, "2 m 10 s"],
  [120_000, "2 m"],
  [78_600_000, "21 h 50 m"],
  [19 * 86_400_000, "19 d"],
])("a duration of %d ms is %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it.each([null, undefined, Number.NaN])("%s is a dot", (missing) => {
  expect([formatAge(missing), formatDuration(missing)]).toEqual(["·", "·"]);
});
