import { inStyle, noReading } from "../../../../_ui/format/number.ts";

/** Bits a second as the figure before "Gb/s", two decimals so that a column lines up: 1.94e9 → "1.94". */
export function formatGigabits(bitsPerSecond: number | null): string {
  if (bitsPerSecond === null) return noReading;
  const gigabits = bitsPerSecond / 1e9;
  return inStyle(gigabits > 0 && gigabits < 0.01 ? "<0.01" : gigabits.toFixed(2));
}
