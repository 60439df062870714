import type { TimeRangeInput } from "../../../server/kernel/time-range.ts";

/** As it stands in the address: both relative to now, or both fixed. */
export type RangeText = { from: string; to: string };

export const presets = [
  { from: "now-15m", seconds: 900, label: "Last 15 minutes" },
  { from: "now-1h", seconds: 3_600, label: "Last hour" },
  { from: "now-3h", seconds: 10_800, label: "Last 3 hours" },
  { from: "now-24h", seconds: 86_400, label: "Last 24 hours" },
  { from: "now-7d", seconds: 604_800, label: "Last 7 days" },
  { from: "now-30d", seconds: 2_592_000, label: "Last 30 days" },
  { from: "now-1y", seconds: 31_536_000, label: "Last year" },
] as const;

/** "Last 3 hours", or null for a range that is no preset. */
export function presetLabel(range: TimeRangeInput): string | null {
  if ((range.to ?? "now") !== "now") return null;
  return presets.find((preset) => preset.from === range.from)?.label ?? null;
}

/** A range of this length that ends now and moves with it. */
export function liveRange(spanMs: number): RangeText {
  const seconds = Math.max(1, Math.round(spanMs / 1_000));
  const preset = presets.find((known) => known.seconds === seconds);
  return { from: preset?.from ?? `now-${seconds}s`, to: "now" };
}
