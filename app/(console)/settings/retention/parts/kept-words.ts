import type { KeptKind } from "../../../../../server/features/settings/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";

export const keptNames: Readonly<Record<KeptKind, string>> = {
  raw: "Raw activity records",
  "1s": "Windows of a second",
  "1m": "Windows of a minute",
  "1h": "Windows of an hour",
  "1d": "Windows of a day",
};

export function daysInWords(days: number | null): string {
  if (days === null) return "for good";
  return days === 1 ? "1 day" : `${formatNumber(days)} days`;
}

/** "30", "1,000", or nothing for good; null = no number of days. */
export function parseDays(text: string): { days: number | null } | null {
  const typed = text.trim().replaceAll(",", "").toLowerCase();
  if (typed === "" || typed === "for good") return { days: null };
  const days = Number(typed);
  return /^\d{1,5}$/.test(typed) && days >= 1 && days <= 36_500 ? { days } : null;
}
