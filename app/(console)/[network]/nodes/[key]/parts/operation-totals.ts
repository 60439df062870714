import type { Line, NodeSeries, SeriesKind } from "../../../../../../server/features/nodes/history-schema.ts";
import { linesOf } from "./chart-lines.ts";

export type Total = {
  name: Line["name"];
  /** Over the whole range, from rates and steps: rounded, so shown with ≈. */
  requests: number;
  /** Of all of its panel. */
  share: number | null;
  meanPerSecond: number | null;
  peakPerSecond: number | null;
};

/** What the lines of a panel add up to over the range, most first. */
export function totalsOf(series: NodeSeries, kind: SeriesKind): Total[] {
  const seconds = series.steps.stepMs / 1_000;
  const totals = linesOf(series, kind)
    .filter((line) => line.unit === "per_second")
    .map((line) => {
      const known = line.values.filter((value) => value !== null);
      const sum = known.reduce((total, value) => total + value, 0);
      return {
        name: line.name,
        requests: Math.round(sum * seconds),
        meanPerSecond: known.length === 0 ? null : sum / known.length,
        peakPerSecond: known.length === 0 ? null : Math.max(...known),
      };
    });
  const all = totals.reduce((total, { requests }) => total + requests, 0);
  return totals
    .map((total) => ({ ...total, share: all === 0 ? null : total.requests / all }))
    .sort((a, b) => b.requests - a.requests);
}
