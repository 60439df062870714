"use client";

import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { formatDay, type Zone, zoneName } from "../_ui/format/time.ts";
import { useZone } from "../_ui/zone.ts";
import { type ChartCommonProps, ChartFrame } from "./chart-frame.tsx";
import { axisWidthFor, plotOf, rangeTicks } from "./scale.ts";

export type ForecastPoint = { at: number; value: number; low: number; high: number };

export type ForecastProps = ChartCommonProps & {
  history: readonly { at: number; value: number | null }[];
  /** With its band in which four of five outcomes lie. */
  ahead: readonly ForecastPoint[];
  capacity: { value: number; label: string } | null;
  /** When the line meets the capacity. */
  fullAt: number | null;
  unit: string;
  format: (value: number) => string;
  /** The sentence above: "Full in 19 days, 80 % between 31 Jul and 5 Aug". */
  finding?: ReactNode;
};

const ForecastPlot = lazy(() =>
  import("./forecast-plot.tsx").then((module) => ({ default: module.ForecastPlot })),
);

/** What was, what follows if it goes on so, and how sure that is. */
export function Forecast(props: ForecastProps) {
  const { history, ahead, capacity, fullAt, unit, format, finding } = props;
  const zone = useZone();
  const span = useMemo(
    () => ({
      from: history.at(0)?.at ?? ahead.at(0)?.at ?? 0,
      to: ahead.at(-1)?.at ?? history.at(-1)?.at ?? 1,
    }),
    [history, ahead],
  );
  const ticks = useMemo(() => {
    const past = history.flatMap(({ value }) => (value === null ? [] : [value]));
    const highest = Math.max(0, ...past, ...ahead.map(({ high }) => high), capacity?.value ?? 0);
    return rangeTicks(Math.max(0, Math.min(highest, ...past, ...ahead.map(({ low }) => low))), highest);
  }, [history, ahead, capacity]);
  const axisTexts = useMemo(() => ticks.map(format), [ticks, format]);
  return (
    <ChartFrame
      {...props}
      span={span}
      axisWidth={axisWidthFor(axisTexts)}
      plotOf={plotOf}
      legend={<div className="figsub legend">{finding}</div>}
      draw={(size, plot) => (
        <Suspense fallback={null}>
          <ForecastPlot {...{ size, plot, span, history, ahead, capacity, fullAt, ticks, axisTexts, zone }} />
        </Suspense>
      )}
      tipAt={(at) => tipOf(props, at, zone)}
      table={{
        heads: [`Day ${zoneName(zone)}`, `Measured, ${unit}`, `Forecast, ${unit}`, "80 % between"],
        rows: () => [
          ...ahead.map(({ at, value, low, high }) => [
            formatDay(new Date(at), zone),
            "",
            format(value),
            `${format(low)} and ${format(high)}`,
          ]),
          ...history
            .toReversed()
            .map(({ at, value }) => [
              formatDay(new Date(at), zone),
              value === null ? "·" : format(value),
              "",
              "",
            ]),
        ],
      }}
    />
  );
}

function tipOf({ history, ahead, unit, format }: ForecastProps, at: number, zone: Zone) {
  const past = nearest(history, at);
  const future = nearest(ahead, at);
  const isPast = past !== null && (future === null || Math.abs(past.at - at) <= Math.abs(future.at - at));
  if (isPast)
    return {
      at: past.at,
      time: formatDay(new Date(past.at), zone),
      unit,
      rows: [{ id: "measured", label: "measured", value: past.value === null ? "·" : format(past.value) }],
    };
  if (!future) return null;
  return {
    at: future.at,
    time: formatDay(new Date(future.at), zone),
    unit,
    rows: [
      { id: "high", label: "80 % below", value: format(future.high) },
      { id: "value", label: "forecast", value: format(future.value) },
      { id: "low", label: "80 % above", value: format(future.low) },
    ],
  };
}

function nearest<Point extends { at: number }>(points: readonly Point[], at: number): Point | null {
  let best: Point | null = null;
  for (const point of points)
    if (best === null || Math.abs(point.at - at) < Math.abs(best.at - at)) best = point;
  return best;
}
