import { liveRange, type RangeText } from "./presets.ts";

/** One whole span back or forward as fixed times; a step that would pass now ends at now and is live again. */
export function stepRange(
  shown: { from: Date; to: Date },
  direction: "back" | "forward",
  now: Date,
): RangeText {
  const spanMs = shown.to.getTime() - shown.from.getTime();
  const to = shown.to.getTime() + (direction === "back" ? -spanMs : spanMs);
  if (to >= now.getTime()) return liveRange(spanMs);
  return { from: new Date(to - spanMs).toISOString(), to: new Date(to).toISOString() };
}
