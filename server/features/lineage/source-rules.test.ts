import { expect, it } from "vitest";
import { knownSince, nextSourceRead } from "./source-rules.ts";

const now = new Date("2026-11-25T12:00:00.000Z");
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

it.each([
  ["was used a moment ago", before(0), after(5)],
  ["rests for two hours", before(120), after(60)],
  ["rests for a month", before(43_200), after(1_440)],
  ["was never used", null, after(60)],
])("reads what %s again in its own time", (_, usedAt, due) => {
  expect(nextSourceRead(usedAt, now)).toEqual(due);
});

it("knows the charge of a day when the day is over, and today's from now on", () => {
  expect(knownSince("2026-11-24", now)).toEqual(new Date("2026-11-25T00:00:00.000Z"));
  expect(knownSince("2026-11-25", now)).toEqual(now);
});
