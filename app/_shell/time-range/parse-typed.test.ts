import { describe, expect, it } from "vitest";
import { formatTyped, parseTyped } from "./parse-typed.ts";

describe("what people type as a time", () => {
  it.each([
    ["now", "now"],
    ["-3h", "now-3h"],
    ["now-15m", "now-15m"],
    [" - 7d ", "now-7d"],
    ["2026-07-14 00:31:08", "2026-07-14T00:31:08.000Z"],
    ["2026-07-14T00:31", "2026-07-14T00:31:00.000Z"],
    ["2026-07-14", "2026-07-14T00:00:00.000Z"],
    ["2026-07-14T02:31:08+02:00", "2026-07-14T00:31:08.000Z"],
  ])("understands %j", (typed, meant) => {
    expect(parseTyped(typed, "utc")).toBe(meant);
  });

  it.each([
    "",
    "yesterday",
    "3h",
    "-3x",
    "2026-06-31",
    "2026-13-01",
    "2026-07-14 25:00",
    "2026-07-14 00:00:75",
    "14.07.2026",
  ])("does not guess at %j", (typed) => {
    expect(parseTyped(typed, "utc")).toBeNull();
  });
});

it("writes a fixed time so that it can be read back", () => {
  const at = "2026-07-14T00:31:08.000Z";
  for (const zone of ["utc", "local"] as const) expect(parseTyped(formatTyped(at, zone), zone)).toBe(at);
});

it("leaves relative times as they are", () => {
  expect(formatTyped("now-3h", "local")).toBe("now-3h");
});
