import { expect, it } from "vitest";
import { stepRange } from "./step-range.ts";

const now = new Date("2026-07-14T03:31:08.000Z");
const threeHours = { from: new Date("2026-07-14T00:31:08.000Z"), to: now };

it("goes back by the whole span that is shown and fixes it", () => {
  expect(stepRange(threeHours, "back", now)).toEqual({
    from: "2026-07-13T21:31:08.000Z",
    to: "2026-07-14T00:31:08.000Z",
  });
});

it("becomes live again when a step forward would pass now", () => {
  const before = { from: new Date("2026-07-13T23:00:00.000Z"), to: new Date("2026-07-14T02:00:00.000Z") };
  expect(stepRange(before, "forward", now)).toEqual({ from: "now-3h", to: "now" });
});

it("keeps a length that is no preset when it becomes live again", () => {
  const odd = { from: new Date("2026-07-14T03:20:00.000Z"), to: new Date("2026-07-14T03:31:00.000Z") };
  expect(stepRange(odd, "forward", now)).toEqual({ from: "now-660s", to: "now" });
});

it("is live again for who went back and comes forward a little later", () => {
  const back = { from: new Date("2026-07-13T21:31:08.000Z"), to: new Date("2026-07-14T00:31:08.000Z") };
  const aMinuteLater = new Date("2026-07-14T03:32:08.000Z");
  expect(stepRange(back, "forward", aMinuteLater)).toEqual({ from: "now-3h", to: "now" });
  const anHourLater = new Date("2026-07-14T04:31:08.000Z");
  expect(stepRange(back, "forward", anHourLater).to).toBe("2026-07-14T03:31:08.000Z");
});
