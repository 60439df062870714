import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AskedRanges, type Moment } from "./asked-ranges.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const [hour, day, week] = ["now-1h", "now-1d", "now-7d"].map(
  (from): Moment => ({ from, to: "now", asOf: null }),
) as [Moment, Moment, Moment];

function opened() {
  const gone: Moment[] = [];
  return { gone, asked: new AskedRanges((moment) => gone.push(moment)) };
}

it("leaves a range alone until it is drawn, then goes on to the next", () => {
  const { gone, asked } = opened();
  for (const moment of [hour, day, week]) asked.ask(moment);
  expect(gone).toEqual([hour]);
  expect(asked.latest).toEqual(week);
  asked.drawn({ ...hour, asOf: "2026-07-14T00:31:08.000Z" });
  expect(gone).toEqual([hour]);
  asked.drawn(hour);
  asked.drawn(day);
  expect(gone).toEqual([hour, day, week]);
  asked.drawn(week);
  expect(asked.latest).toBeNull();
});

it("goes on by itself where nothing is drawn", () => {
  const { gone, asked } = opened();
  asked.ask(hour);
  asked.ask(day);
  vi.advanceTimersByTime(2_000);
  expect(gone).toEqual([hour, day]);
  vi.advanceTimersByTime(2_000);
  expect(asked.latest).toBeNull();
});

it("forgets what was asked for when something else is gone to", () => {
  const { gone, asked } = opened();
  asked.ask(hour);
  asked.ask(day);
  asked.forget();
  vi.advanceTimersByTime(4_000);
  expect(gone).toEqual([hour]);
  expect(asked.latest).toBeNull();
  asked.ask(week);
  expect(gone).toEqual([hour, week]);
});
