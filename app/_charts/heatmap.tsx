"use client";

import { useMemo } from "react";
import { formatDuration } from "../_ui/format/duration.ts";
import { formatInteger, formatNumber, formatSi } from "../_ui/format/number.ts";
import { formatClock, formatDay, formatMinute, type Zone, zoneName } from "../_ui/format/time.ts";
import { useZone } from "../_ui/zone.ts";
import { type ChartEvent, type Gap, type Series, type Steps, stepAt, stepsEnd } from "./chart-data.ts";
import { type ChartCommonProps, ChartFrame } from "./chart-frame.tsx";
import { heatSteps } from "./heat-scale.ts";
import { HeatmapPlot } from "./heatmap-plot.tsx";
import { plotOf } from "./scale.ts";

export type HeatmapProps = ChartCommonProps & {
  steps: Steps;
  /** Edges of the logarithmic bins, lowest first: bin i lies between edge i and i + 1. */
  edges: readonly number[];
  /** `counts[step][bin]`; null = a gap. */
  counts: readonly (readonly number[] | null)[];
  /** The greatest count, for the colours. */
  max: number;
  /** Percentiles over the cells, in the unit of the edges, on steps of their own. Drawn p99 solid, p95 dashed, p50 dotted by `dash`. */
  lines?: { steps: Steps; series: readonly Series[] };
  format: (value: number) => string;
  /** What is counted: "requests". */
  counted: string;
  gaps?: readonly Gap[];
  events?: readonly ChartEvent[];
};

const noEvents: readonly ChartEvent[] = [];
const axisWidth = 46;

/** How values are spread over time: more is brighter, on a logarithmic scale both ways. */
export function Heatmap(props: HeatmapProps) {
  const { steps, edges, counts, max, lines, format, counted, events = noEvents } = props;
  const zone = useZone();
  const gaps = useMemo(() => props.gaps ?? gapsOf(steps, counts), [props.gaps, steps, counts]);
  const drawing = { steps, edges, counts, max, lines: lines ?? null, gaps, events, zone, format };
  return (
    <ChartFrame
      {...props}
      span={{ from: steps.start, to: stepsEnd(steps) }}
      axisWidth={axisWidth}
      plotOf={plotWithLabels}
      legend={<HeatLegend max={max} counted={counted} stepMs={steps.stepMs} hasGaps={gaps.length > 0} />}
      draw={(size, plot) => <HeatmapPlot size={size} plot={plot} {...drawing} />}
      tipAt={(at, share) => {
        const index = stepAt(steps, at);
        const bins = index === null ? null : (counts[index] ?? null);
        if (index === null) return null;
        const middle = steps.start + (index + 0.5) * steps.stepMs;
        const rows = [
          ...binRows(bins, { share, edges, counted, format }),
          ...percentileRows(lines, middle, format),
        ];
        return { at: middle, time: timeText(steps, index, zone), unit: formatDuration(steps.stepMs), rows };
      }}
      table={{
        heads: [`Time ${zoneName(zone)}`, counted, ...(lines?.series.map(({ label }) => label) ?? [])],
        rows: () =>
          Array.from({ length: steps.points }, (_, back) => {
            const index = steps.points - 1 - back;
            const middle = steps.start + (index + 0.5) * steps.stepMs;
            return [
              timeText(steps, index, zone),
              formatInteger(totalOf(counts[index] ?? null)),
              ...percentileRows(lines, middle, format).map(({ value }) => value),
            ];
          }),
      }}
    />
  );
}

type HeatLegendProps = { max: number; counted: string; stepMs: number; hasGaps: boolean };

function HeatLegend({ max, counted, stepMs, hasGaps }: HeatLegendProps) {
  return (
    <ul className="legend">
      <li className="lg">
        {counted} in {formatDuration(stepMs)}
      </li>
      {heatSteps(max).map(({ level, from }) => (
        <li key={level} className="lg">
          <i className="sw sw-box" style={{ background: `var(--seq-${level})` }} />
          {formatSi(from)}
        </li>
      ))}
      {hasGaps && (
        <li className="lg">
          <i className="sw sw-hatch" />
          no data
        </li>
      )}
    </ul>
  );
}

/** The names of the percentiles stand at the right end of their lines. */
function plotWithLabels(size: { width: number; height: number }, left: number) {
  const plot = plotOf(size, left);
  return { ...plot, width: plot.width - 24 };
}

function gapsOf(steps: Steps, counts: HeatmapProps["counts"]): Gap[] {
  const first = counts.findIndex((bins) => bins !== null);
  const last = counts.findLastIndex((bins) => bins !== null);
  return counts.flatMap((bins, index) => {
    if (bins !== null || index < first || index > last) return [];
    const from = steps.start + index * steps.stepMs;
    return [{ from, to: from + steps.stepMs }];
  });
}

type Pointed = {
  share: number;
  edges: readonly number[];
  counted: string;
  format: (value: number) => string;
};

/** The bin under the pointer, and how many there were in all. */
function binRows(bins: readonly number[] | null, { share, edges, counted, format }: Pointed) {
  if (!bins) return [];
  const bin = Math.min(bins.length - 1, Math.floor(share * bins.length));
  const label = `${format(edges[bin] ?? 0)} to ${format(edges[bin + 1] ?? 0)}`;
  return [
    { id: "bin", label, value: formatNumber(bins[bin]) },
    { id: "all", label: `of ${counted}`, value: formatInteger(totalOf(bins)) },
  ];
}

function percentileRows(lines: HeatmapProps["lines"], at: number, format: (value: number) => string) {
  if (!lines) return [];
  const index = stepAt(lines.steps, at);
  return lines.series.map((line) => {
    const value = index === null ? null : (line.values[index] ?? null);
    return { id: line.id, label: line.label, value: value === null ? "·" : format(value) };
  });
}

function totalOf(bins: readonly number[] | null): bigint | null {
  return bins === null ? null : BigInt(bins.reduce((sum, count) => sum + count, 0));
}

function timeText(steps: Steps, index: number, zone: Zone): string {
  const at = new Date(steps.start + index * steps.stepMs);
  if (steps.stepMs >= 86_400_000) return formatDay(at, zone);
  if (steps.stepMs >= 3_600_000) return `${formatDay(at, zone)}, ${formatMinute(at, zone)}`;
  return formatClock(at, zone);
}
