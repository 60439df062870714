"use client";

import { memo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  XAxis,
  YAxis,
} from "recharts";
import type { Zone } from "../_ui/format/time.ts";
import { barPaths } from "./bar-paths.ts";
import {
  type ChartEvent,
  type Gap,
  type Limit,
  middleOf,
  type Series,
  type Steps,
  stepsEnd,
} from "./chart-data.ts";
import { EventFlag } from "./event-flag.tsx";
import { HatchPattern, hatchFill } from "./hatch.tsx";
import { LimitLabel } from "./limit-label.tsx";
import { margins, type Plot, timeTicks } from "./scale.ts";

export type TimeSeriesPlotProps = {
  size: { width: number; height: number };
  plot: Plot;
  steps: Steps;
  series: readonly Series[];
  form: "line" | "area" | "bars";
  gaps: readonly Gap[];
  limits: readonly Limit[];
  events: readonly ChartEvent[];
  ticks: readonly number[];
  top: number;
  axisTexts: readonly string[];
  zone: Zone;
};

type Datum = Record<string, number | null> & { at: number };

const dashes = { dash: "5 3", dot: "1.5 3" };
const pixelsPerTick = 76;

/** The drawing alone; crosshair and tip lie over it, so that moving the pointer does not draw again. */
export const TimeSeriesPlot = memo(function TimeSeriesPlot(props: TimeSeriesPlotProps) {
  const { size, plot, steps, series, form, gaps, limits, events, ticks, top, axisTexts, zone } = props;
  const domain: [number, number] = [steps.start, stepsEnd(steps)];
  const times = timeTicks(
    { from: domain[0], to: domain[1] },
    Math.max(2, Math.floor(plot.width / pixelsPerTick)),
    zone,
  );
  return (
    <ComposedChart
      width={size.width}
      height={size.height}
      data={dataOf(steps, series)}
      margin={{ top: margins.top, right: margins.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <HatchPattern />
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      {gaps.map((gap) => (
        <ReferenceArea
          key={gap.from}
          x1={Math.max(gap.from, domain[0])}
          x2={Math.min(gap.to, domain[1])}
          fill={hatchFill}
          fillOpacity={1}
        />
      ))}
      <XAxis
        dataKey="at"
        type="number"
        domain={domain}
        allowDataOverflow
        ticks={times.map(({ at }) => at)}
        tickFormatter={(at: number) => times.find((tick) => tick.at === at)?.text ?? ""}
        interval={0}
        height={margins.bottom}
        tickLine={false}
        tickMargin={6}
        axisLine={{ stroke: "var(--hairline-strong)" }}
      />
      <YAxis
        width={plot.left}
        type="number"
        domain={[0, top]}
        allowDataOverflow
        ticks={[...ticks]}
        tickFormatter={(tick: number) => axisTexts[ticks.indexOf(tick)] ?? ""}
        interval={0}
        tickLine={false}
        axisLine={false}
        tickMargin={6}
      />
      {form === "bars"
        ? barPaths(steps, series, { plot, top }).map(({ id, colour, d }) => (
            <path key={id} d={d} fill={colour} />
          ))
        : series.map((line) => drawn(line, form))}
      {limits.map((limit) => (
        <ReferenceLine
          key={limit.label}
          y={limit.value}
          stroke={toneColours[limit.tone]}
          strokeDasharray="4 3"
          label={<LimitLabel text={limit.label} tone={limit.tone} />}
        />
      ))}
      {events.map((event) => (
        <ReferenceLine
          key={event.number}
          x={event.at}
          stroke={toneColours[event.tone]}
          strokeDasharray="2 2"
          label={<EventFlag event={event} />}
        />
      ))}
    </ComposedChart>
  );
});

const toneColours = {
  info: "var(--info-mark)",
  warn: "var(--warn-mark)",
  crit: "var(--crit-mark)",
  idle: "var(--text-3)",
};

function drawn(line: Series, form: "line" | "area") {
  const colour = `var(--${line.colour})`;
  const common = { dataKey: line.id, isAnimationActive: false } as const;
  const stroke = {
    stroke: colour,
    strokeWidth: 1.25,
    ...(line.dash && { strokeDasharray: dashes[line.dash] }),
  };
  switch (form) {
    case "line":
      return (
        <Line
          key={line.id}
          {...common}
          {...stroke}
          type="linear"
          dot={false}
          activeDot={false}
          connectNulls={false}
        />
      );
    case "area":
      return (
        <Area
          key={line.id}
          {...common}
          {...stroke}
          type="linear"
          stackId="all"
          fill={colour}
          fillOpacity={0.4}
          dot={false}
          activeDot={false}
          connectNulls={false}
        />
      );
  }
}

function dataOf(steps: Steps, series: readonly Series[]): Datum[] {
  return Array.from({ length: steps.points }, (_, index) => {
    const datum: Datum = { at: middleOf(steps, index) };
    for (const line of series) datum[line.id] = line.values[index] ?? null;
    return datum;
  });
}
