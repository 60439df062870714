import type { RangeText } from "./presets.ts";

/** One whole span back or forward as fixed times; never beyond now, where the range becomes live again. */
export function stepRange(
  shown: { from: Date; to: Date },
  direction: "back" | "forward",
  now: Date,
): RangeText | "live" {
  const spanMs = shown.to.getTime() - shown.from.getTime();
  const shiftMs = direction === "back" ? -spanMs : spanMs;
  const to = shown.to.getTime() + shiftMs;
  if (to >= now.getTime()) return "live";
  return { from: new Date(to - spanMs).toISOString(), to: new Date(to).toISOString() };
}
