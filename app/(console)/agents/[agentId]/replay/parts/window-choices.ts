import { parseMoment } from "../../../../../../server/kernel/time-range.ts";

export const eventCounts = ["100", "1000", "10000"] as const;
const minutes = { "5m": 5, "15m": 15, "1h": 60, "6h": 360 } as const;
export type WindowName = keyof typeof minutes | "page";
export const windowOptions: readonly { value: WindowName; label: string }[] = [
  { value: "5m", label: "the last 5 minutes" },
  { value: "15m", label: "the last 15 minutes" },
  { value: "1h", label: "the last hour" },
  { value: "6h", label: "the last 6 hours" },
  { value: "page", label: "the page’s time" },
];

/** A window as two moments, from a choice or from the page's range. */
export function chosenWindow(
  name: WindowName,
  range: { from: string; to: string },
  now: Date,
): { from: Date; to: Date } {
  if (name === "page") return { from: momentOr(range.from, now), to: momentOr(range.to, now) };
  return { from: new Date(now.getTime() - minutes[name] * 60_000), to: now };
}

/** A moment that nobody can read is refused where the page's range is read. */
function momentOr(text: string, now: Date): Date {
  try {
    return parseMoment(text, now, "range");
  } catch {
    return now;
  }
}
