import { expect, it } from "vitest";
import { chosenWindow } from "./window-choices.ts";

const now = new Date("2026-07-13T17:00:00.000Z");

it.each<["5m" | "1h" | "page", string, string, string]>([
  ["5m", "2026-07-13T16:55:00.000Z", now.toISOString(), "now-3h"],
  ["1h", "2026-07-13T16:00:00.000Z", now.toISOString(), "now-3h"],
  ["page", "2026-07-13T14:00:00.000Z", now.toISOString(), "now-3h"],
  ["page", now.toISOString(), now.toISOString(), "nonsense"],
])("turns %s into two moments", (name, from, to, typed) => {
  const window = chosenWindow(name, { from: typed, to: "now" }, now);
  expect([window.from.toISOString(), window.to.toISOString()]).toEqual([from, to]);
});
