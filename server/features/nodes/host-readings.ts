import { stepIndex, type TimeRange } from "../../kernel/time-range.ts";
import type { PrometheusSeries } from "../../ports/prometheus.ts";
import { readingLabel } from "./host-expressions.ts";
import { drawnGauges, type Gauge, type GaugeWindow, type ReadingRow } from "./reading-series.ts";

const unknown: GaugeWindow = { sum: null, n: null, max: null };

/** When Prometheus is asked, so that each answer is of one step: at the end of each. */
export function momentsOf(range: TimeRange): { start: Date; end: Date; stepMs: number } {
  const { start, stepMs, points } = range;
  return {
    start: new Date(start.getTime() + stepMs),
    end: new Date(start.getTime() + points * stepMs),
    stepMs,
  };
}

/** What was answered at the end of a step, as a reading in it. What is no number, or outside, is no reading. */
export function toReadingRows(series: readonly PrometheusSeries[], range: TimeRange): ReadingRow[] {
  const steps = new Map<number, Partial<Record<Gauge, GaugeWindow>>>();
  for (const { labels, points } of series) {
    const gauge = drawnGauges.find((name) => name === labels[readingLabel]);
    if (gauge === undefined) continue;
    for (const { at, value } of points) {
      const step = stepIndex(range, new Date(at.getTime() - range.stepMs));
      if (step === null || value === null) continue;
      steps.set(step, { ...steps.get(step), [gauge]: { sum: value, n: 1, max: null } });
    }
  }
  return [...steps]
    .sort(([a], [b]) => a - b)
    .map(([step, gauges]) => ({
      at: new Date(range.start.getTime() + step * range.stepMs),
      gauges: { ...noReadings, ...gauges },
    }));
}

export type Scrape = { isUp: boolean; at: Date | null };

/** Whether the machine was scraped, out of the answer to `scrapeExpression`; null = it is no target. */
export function readScrape(series: readonly PrometheusSeries[]): Scrape | null {
  const newestOf = (name: string) =>
    series.find(({ labels }) => labels[readingLabel] === name)?.points.at(-1)?.value ?? null;
  const [up, seconds] = [newestOf("up"), newestOf("scraped")];
  return up === null ? null : { isUp: up > 0, at: seconds === null ? null : new Date(seconds * 1_000) };
}

const noReadings: ReadingRow["gauges"] = {
  cpu: unknown,
  memory: unknown,
  disk: unknown,
  disk_read_ms: unknown,
  net_in_bps: unknown,
  net_out_bps: unknown,
  link_bps: unknown,
  stored_bytes: unknown,
  disk_total_bytes: unknown,
  clock_skew_ms: unknown,
};
