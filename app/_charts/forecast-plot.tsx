"use client";

import { memo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceDot,
  ReferenceLine,
  XAxis,
  YAxis,
} from "recharts";
import { formatDay, type Zone } from "../_ui/format/time.ts";
import type { ForecastPoint } from "./forecast.tsx";
import { LimitLabel } from "./limit-label.tsx";
import { margins, type Plot, timeTicks } from "./scale.ts";

type ForecastPlotProps = {
  size: { width: number; height: number };
  plot: Plot;
  span: { from: number; to: number };
  history: readonly { at: number; value: number | null }[];
  ahead: readonly ForecastPoint[];
  capacity: { value: number; label: string } | null;
  fullAt: number | null;
  ticks: readonly number[];
  axisTexts: readonly string[];
  zone: Zone;
};

type Datum = { at: number; past: number | null; next: number | null; band: [number, number] | null };

export const ForecastPlot = memo(function ForecastPlot(props: ForecastPlotProps) {
  const { size, plot, span, history, ahead, capacity, fullAt, ticks, axisTexts, zone } = props;
  const times = timeTicks(span, Math.max(2, Math.floor(plot.width / 76)), zone);
  return (
    <ComposedChart
      width={size.width}
      height={size.height}
      data={dataOf(history, ahead)}
      margin={{ top: margins.top, right: margins.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[span.from, span.to]}
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
        domain={[ticks.at(0) ?? 0, ticks.at(-1) ?? 1]}
        ticks={[...ticks]}
        tickFormatter={(tick: number) => axisTexts[ticks.indexOf(tick)] ?? ""}
        interval={0}
        tickLine={false}
        axisLine={false}
        tickMargin={6}
      />
      <Area
        dataKey="band"
        isAnimationActive={false}
        stroke="none"
        fill="var(--cat-1)"
        fillOpacity={0.2}
        activeDot={false}
      />
      <Line
        dataKey="past"
        isAnimationActive={false}
        stroke="var(--cat-1)"
        strokeWidth={1.25}
        dot={false}
        activeDot={false}
        connectNulls={false}
      />
      <Line
        dataKey="next"
        isAnimationActive={false}
        stroke="var(--cat-1)"
        strokeWidth={1.25}
        strokeDasharray="4 3"
        dot={false}
        activeDot={false}
      />
      {capacity && (
        <ReferenceLine
          y={capacity.value}
          stroke="var(--crit-mark)"
          strokeDasharray="4 3"
          label={<LimitLabel text={capacity.label} tone="crit" />}
        />
      )}
      {capacity && fullAt !== null && fullAt <= span.to && (
        <ReferenceDot
          x={fullAt}
          y={capacity.value}
          r={3}
          fill="var(--canvas)"
          stroke="var(--crit-mark)"
          strokeWidth={1.5}
          label={<DateLabel text={formatDay(new Date(fullAt), zone)} />}
        />
      )}
    </ComposedChart>
  );
});

/** Recharts hands in the box of the dot. */
function DateLabel({ text, viewBox }: { text: string; viewBox?: { x?: number; y?: number } }) {
  return (
    <text className="ax-strong" x={(viewBox?.x ?? 0) + 3} y={(viewBox?.y ?? 0) + 18} textAnchor="middle">
      {text}
    </text>
  );
}

/** The forecast begins where the measured line ends, so that the two meet. */
function dataOf(history: ForecastPlotProps["history"], ahead: readonly ForecastPoint[]): Datum[] {
  const last = history.findLast(({ value }) => value !== null);
  const past = history.map(({ at, value }) => {
    const isLast = last?.at === at && value !== null;
    return { at, past: value, next: isLast ? value : null, band: isLast ? pair(value, value) : null };
  });
  return [
    ...past,
    ...ahead.map(({ at, value, low, high }) => ({ at, past: null, next: value, band: pair(low, high) })),
  ];
}

function pair(low: number, high: number): [number, number] {
  return [low, high];
}
