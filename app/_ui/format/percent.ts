import { formatNumber, inStyle, noReading } from "./number.ts";

/** A ratio (0 to 1) as the figure before "%": 0.0384 → "3.84", 0.61 → "61". Tiny but not nothing is "<0.01". */
export function formatPercent(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return noReading;
  const value = ratio * 100;
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 0.01) return inStyle("<0.01");
  return formatNumber(value, size < 10 ? 2 : 0);
}

/** For shares and use, where a decimal would claim too much: 0.8604 → "86". */
export function formatShare(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return noReading;
  const value = ratio * 100;
  if (value > 0 && value < 1) return "<1";
  return formatNumber(value);
}
