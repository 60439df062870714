import { expect, it } from "vitest";
import { daysInWords, parseDays } from "./kept-words.ts";

it.each([
  ["30", { days: 30 }],
  [" 1,000 ", { days: 1_000 }],
  ["", { days: null }],
  ["for good", { days: null }],
  ["0", null],
  ["-3", null],
  ["1.5", null],
  ["36501", null],
  ["soon", null],
])("reads %j as a number of days, or as none", (text, days) => {
  expect(parseDays(text)).toEqual(days);
});

it("says how long in words", () => {
  expect([1, 30, 1_000, null].map(daysInWords)).toEqual(["1 day", "30 days", "1,000 days", "for good"]);
});
