"use client";

import { memo } from "react";
import type { Zone } from "../_ui/format/time.ts";
import { type ChartEvent, type Gap, middleOf, type Series, type Steps, stepsEnd } from "./chart-data.ts";
import { EventFlag } from "./event-flag.tsx";
import { HatchPattern, hatchFill } from "./hatch.tsx";
import { decadesIn, heatLevel, heatLevels, logShare } from "./heat-scale.ts";
import { type Plot, timeTicks } from "./scale.ts";
import { spread } from "./spread.ts";

type HeatmapPlotProps = {
  size: { width: number; height: number };
  plot: Plot;
  steps: Steps;
  edges: readonly number[];
  counts: readonly (readonly number[] | null)[];
  max: number;
  lines: { steps: Steps; series: readonly Series[] } | null;
  gaps: readonly Gap[];
  events: readonly ChartEvent[];
  zone: Zone;
  format: (value: number) => string;
};

const cellGap = 0.6;
const dashes = { dash: "5 3", dot: "1.5 3" };
const eventColours = { info: "var(--info)", warn: "var(--warn)", crit: "var(--crit)", idle: "var(--text-3)" };

/** The percentiles over the cells may move every second; the cells below them are drawn only when they change. */
export const HeatmapPlot = memo(function HeatmapPlot(props: HeatmapPlotProps) {
  const { size, plot, steps, edges, lines, gaps, events, zone, format } = props;
  const span = { from: steps.start, to: stepsEnd(steps) };
  const xOf = (at: number) => plot.left + ((at - span.from) / (span.to - span.from)) * plot.width;
  const yOf = (value: number) => plot.top + (1 - logShare(value, edges)) * plot.height;
  const bottom = plot.top + plot.height;
  return (
    <svg className="block" width={size.width} height={size.height} aria-hidden="true">
      <HatchPattern />
      {decadesIn(edges).map((value) => (
        <g key={value}>
          <line
            x1={plot.left}
            x2={plot.left + plot.width}
            y1={yOf(value)}
            y2={yOf(value)}
            stroke="var(--chart-grid)"
          />
          <text x={plot.left - 6} y={yOf(value) + 3.5} textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      {gaps.map((gap) => (
        <rect
          key={gap.from}
          x={xOf(gap.from)}
          y={plot.top}
          width={xOf(gap.to) - xOf(gap.from)}
          height={plot.height}
          fill={hatchFill}
        />
      ))}
      <HeatCells plot={plot} steps={steps} edges={edges} counts={props.counts} max={props.max} />
      {lines?.series.map((line) => (
        <PercentileLine key={line.id} line={line} steps={lines.steps} xOf={xOf} yOf={yOf} />
      ))}
      {lines && <LineNames series={lines.series} yOf={yOf} x={plot.left + plot.width + 5} />}
      {events.map((event) => (
        <g key={event.number}>
          <line
            strokeDasharray="2 2"
            x1={xOf(event.at)}
            x2={xOf(event.at)}
            y1={plot.top}
            y2={bottom}
            stroke={eventColours[event.tone]}
          />
          <EventFlag event={event} viewBox={{ x: xOf(event.at), y: plot.top }} />
        </g>
      ))}
      <line
        x1={plot.left}
        x2={plot.left + plot.width}
        y1={bottom}
        y2={bottom}
        stroke="var(--hairline-strong)"
      />
      {timeTicks(span, Math.max(2, Math.floor(plot.width / 76)), zone).map((tick) => (
        <text key={tick.at} x={xOf(tick.at)} y={bottom + 15} textAnchor="middle">
          {tick.text}
        </text>
      ))}
    </svg>
  );
});

type HeatCellsProps = Pick<HeatmapPlotProps, "plot" | "steps" | "edges" | "counts" | "max">;

/** One path a colour level, so thousands of cells are seven elements and the theme stays with CSS. */
const HeatCells = memo(function HeatCells(props: HeatCellsProps) {
  return cellPaths(props).map((path, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the index is the colour level
    <path key={index} d={path} fill={`var(--seq-${index + 1})`} />
  ));
});

function cellPaths({ plot, steps, edges, counts, max }: HeatCellsProps): string[] {
  const paths = Array.from({ length: heatLevels }, () => "");
  const bins = edges.length - 1;
  const width = plot.width / steps.points;
  const height = plot.height / Math.max(1, bins);
  for (const [step, column] of counts.entries()) {
    if (!column) continue;
    for (const [bin, count] of column.entries()) {
      const level = heatLevel(count, max);
      if (level === 0) continue;
      const x = (plot.left + step * width).toFixed(1);
      const y = (plot.top + plot.height - (bin + 1) * height).toFixed(1);
      paths[level - 1] +=
        `M${x} ${y}h${(width - cellGap).toFixed(1)}v${(height - cellGap).toFixed(1)}h-${(width - cellGap).toFixed(1)}z`;
    }
  }
  return paths;
}

type PercentileLineProps = {
  line: Series;
  steps: Steps;
  xOf: (at: number) => number;
  yOf: (value: number) => number;
};

/** Light over dark cells and dark over light ones: a line with a border reads on both. */
function PercentileLine({ line, steps, xOf, yOf }: PercentileLineProps) {
  const path = pathOf(line, steps, xOf, yOf);
  const dash = line.dash && { strokeDasharray: dashes[line.dash] };
  return (
    <g fill="none" strokeLinejoin="round">
      <path d={path} stroke="var(--canvas)" strokeWidth={3} opacity={0.55} />
      <path d={path} stroke="var(--text-1)" strokeWidth={1.25} {...dash} />
    </g>
  );
}

type LineNamesProps = { series: readonly Series[]; yOf: (value: number) => number; x: number };

/** Each beside the end of its line, or as near as names can stand that are read. */
function LineNames({ series, yOf, x }: LineNamesProps) {
  const named = series.flatMap((line) => {
    const last = line.values.findLast((value) => value !== null);
    return typeof last === "number" ? [{ line, y: yOf(last) }] : [];
  });
  const places = spread(
    named.map(({ y }) => y),
    nameHeight,
  );
  return named.map(({ line }, index) => (
    <text key={line.id} className="ax-strong" x={x} y={(places[index] ?? 0) + 3.5}>
      {line.label}
    </text>
  ));
}

const nameHeight = 12;

function pathOf(
  line: Series,
  steps: Steps,
  xOf: (at: number) => number,
  yOf: (value: number) => number,
): string {
  let path = "";
  let isDown = false;
  for (const [index, value] of line.values.entries()) {
    if (value === null || value <= 0) {
      isDown = false;
      continue;
    }
    path += `${isDown ? "L" : "M"}${xOf(middleOf(steps, index)).toFixed(1)} ${yOf(value).toFixed(1)}`;
    isDown = true;
  }
  return path;
}
