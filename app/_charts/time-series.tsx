"use client";

import { lazy, Suspense, useMemo } from "react";
import { formatNumber, formatReading, noReading } from "../_ui/format/number.ts";
import { formatClock, formatDay, formatMinute, type Zone, zoneName } from "../_ui/format/time.ts";
import { useZone } from "../_ui/zone.ts";
import {
  type ChartEvent,
  currentOf,
  type Gap,
  greatest,
  type Limit,
  middleOf,
  type Series,
  type Steps,
  silentGaps,
  stepAt,
  stepsEnd,
} from "./chart-data.ts";
import { type ChartCommonProps, ChartFrame } from "./chart-frame.tsx";
import { Legend, type LegendItem } from "./legend.tsx";
import { axisWidthFor, plotOf, valueTicks } from "./scale.ts";

export type TimeSeriesProps = ChartCommonProps & {
  steps: Steps;
  /** In the order of the legend; stacked from the bottom. */
  series: readonly Series[];
  /** Lines, areas stacked on each other, or bars stacked on each other. */
  form?: "line" | "area" | "bars";
  /** Stands in tip and table; the panel's head carries it too. */
  unit: string;
  format?: (value: number | null) => string;
  formatAxis?: (value: number) => string;
  limits?: readonly Limit[];
  events?: readonly ChartEvent[];
  /** Hatched. Without it: where every series is silent. */
  gaps?: readonly Gap[];
  /** The top of the axis where it is known (100 for percent). */
  max?: number;
};

/** The code that draws; who may need it in a hurry asks for it before. */
export const loadPlot = () => import("./time-series-plot.tsx");
const TimeSeriesPlot = lazy(() => loadPlot().then((module) => ({ default: module.TimeSeriesPlot })));
const noLimits: readonly Limit[] = [];
const noEvents: readonly ChartEvent[] = [];

/** Values over time. Gaps stay gaps; a limit carries its value; an event is a numbered flag. */
export function TimeSeries(props: TimeSeriesProps) {
  const {
    steps,
    series,
    form = "line",
    unit,
    format = formatReading,
    limits = noLimits,
    events = noEvents,
  } = props;
  const formatAxis = props.formatAxis ?? props.format ?? formatTick;
  const zone = useZone();
  const isStacked = form !== "line";
  const span = { from: steps.start, to: stepsEnd(steps) };
  const gaps = useMemo(() => props.gaps ?? silentGaps(steps, series), [props.gaps, steps, series]);
  const ticks = useMemo(
    () => valueTicks(props.max ?? Math.max(greatest(series, isStacked), ...limits.map(({ value }) => value))),
    [props.max, series, isStacked, limits],
  );
  const top = ticks.at(-1) ?? 1;
  const axisTexts = useMemo(() => ticks.map((tick) => formatAxis(tick)), [ticks, formatAxis]);
  const mark = isStacked ? "box" : "line";
  const rowOf = (line: Series, value: number | null): LegendItem => ({
    id: line.id,
    label: line.label,
    colour: line.colour,
    mark: line.dash ?? mark,
    value: format(value),
  });
  return (
    <ChartFrame
      {...props}
      span={span}
      axisWidth={axisWidthFor(axisTexts)}
      plotOf={plotOf}
      legend={<Legend items={series.map((line) => rowOf(line, currentOf(line)))} hasGaps={gaps.length > 0} />}
      draw={(size, plot) => (
        <Suspense fallback={null}>
          <TimeSeriesPlot
            {...{ size, plot, steps, series, form, gaps, limits, events, ticks, top, axisTexts, zone }}
          />
        </Suspense>
      )}
      tipAt={(at) => {
        const index = stepAt(steps, at);
        if (index === null) return null;
        const rows = inDrawnOrder(series, index, isStacked).map((line) =>
          rowOf(line, line.values[index] ?? null),
        );
        return { at: middleOf(steps, index), time: stepTime(steps, index, zone), unit, rows };
      }}
      dotsAt={(at) => (isStacked ? [] : dotsOf(series, stepAt(steps, at), top))}
      table={{
        heads: [`Time ${zoneName(zone)}`, ...series.map((line) => `${line.label}, ${unit}`)],
        rows: () => tableRows(steps, series, { format, zone }),
      }}
    />
  );
}

function formatTick(value: number): string {
  return formatNumber(value, 3);
}

/** Stacks from the top down; lines with the highest first. */
function inDrawnOrder(series: readonly Series[], index: number, isStacked: boolean): Series[] {
  if (isStacked) return [...series].reverse();
  const heightOf = (line: Series) => line.values[index] ?? Number.NEGATIVE_INFINITY;
  return [...series].sort((a, b) => heightOf(b) - heightOf(a));
}

function dotsOf(series: readonly Series[], index: number | null, top: number) {
  if (index === null) return [];
  return series.flatMap((line) => {
    const value = line.values[index] ?? null;
    return value === null ? [] : [{ share: value / top, colour: `var(--${line.colour})` }];
  });
}

function stepTime(steps: Steps, index: number, zone: Zone): string {
  const at = new Date(steps.start + index * steps.stepMs);
  if (steps.stepMs >= 86_400_000) return formatDay(at, zone);
  if (steps.stepMs >= 3_600_000) return `${formatDay(at, zone)}, ${formatMinute(at, zone)}`;
  return `${formatClock(at, zone)} ${zoneName(zone)}`;
}

function tableRows(
  steps: Steps,
  series: readonly Series[],
  { format, zone }: { format: (value: number | null) => string; zone: Zone },
): string[][] {
  return Array.from({ length: steps.points }, (_, back) => {
    const index = steps.points - 1 - back;
    const at = new Date(steps.start + index * steps.stepMs);
    const time = `${formatDay(at, zone)}, ${formatClock(at, zone)}`;
    return [time, ...series.map((line) => textOf(line.values[index] ?? null, format))];
  });
}

function textOf(value: number | null, format: (value: number | null) => string): string {
  return value === null ? noReading : format(value);
}
