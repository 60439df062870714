import { formatNumber, inStyle, noReading } from "../../../../_ui/format/number.ts";

/** A share of requests as the figure before "%", two decimals so that a column lines up: 0.001 → "0.10". */
export function formatErrors(ratio: number | null): string {
  if (ratio === null) return noReading;
  const percent = ratio * 100;
  if (percent === 0) return "0";
  if (percent < 0.01) return "<0.01";
  return percent < 10 ? inStyle(percent.toFixed(2)) : formatNumber(percent);
}
