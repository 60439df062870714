import { liveRange, type RangeText } from "./presets.ts";

/** Who steps back from live and forward again takes a moment, and is to be live again. */
const nearlyNow = 0.1;

/** One whole span back or forward as fixed times; a step that would end near now, or pass it, is live again. */
export function stepRange(
  shown: { from: Date; to: Date },
  direction: "back" | "forward",
  now: Date,
): RangeText {
  const spanMs = shown.to.getTime() - shown.from.getTime();
  const to = shown.to.getTime() + (direction === "back" ? -spanMs : spanMs);
  if (to >= now.getTime() - nearlyNow * spanMs) return liveRange(spanMs);
  return { from: new Date(to - spanMs).toISOString(), to: new Date(to).toISOString() };
}
