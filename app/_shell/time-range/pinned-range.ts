import { parseMoment } from "../../../server/kernel/time-range.ts";
import type { RangeText } from "./presets.ts";

/** The range with "now" at one moment, as fixed times. What is no time stays as it is: the panels say what is wrong. */
export function pinnedTo({ from, to }: RangeText, asOf: string): RangeText {
  const at = new Date(asOf);
  if (Number.isNaN(at.getTime())) return { from, to: asOf };
  try {
    return { from: parseMoment(from, at, "from").toISOString(), to: earliest(parseMoment(to, at, "to"), at) };
  } catch {
    return { from, to };
  }
}

function earliest(to: Date, at: Date): string {
  return (to < at ? to : at).toISOString();
}
