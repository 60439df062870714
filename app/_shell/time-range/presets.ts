import type { TimeRangeInput } from "../../../server/kernel/time-range.ts";

/** As it stands in the address: both relative to now, or both fixed. */
export type RangeText = { from: string; to: string };

export const presets = [
  { from: "now-15m", label: "Last 15 minutes" },
  { from: "now-1h", label: "Last hour" },
  { from: "now-3h", label: "Last 3 hours" },
  { from: "now-24h", label: "Last 24 hours" },
  { from: "now-7d", label: "Last 7 days" },
  { from: "now-30d", label: "Last 30 days" },
  { from: "now-1y", label: "Last year" },
] as const;

/** "Last 3 hours", or null for a range that is no preset. */
export function presetLabel(range: TimeRangeInput): string | null {
  if ((range.to ?? "now") !== "now") return null;
  return presets.find((preset) => preset.from === range.from)?.label ?? null;
}
