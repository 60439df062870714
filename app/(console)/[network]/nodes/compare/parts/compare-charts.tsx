"use client";

import { useMemo } from "react";
import type { Line, NodeComparison } from "../../../../../../server/features/nodes/history-schema.ts";
import type { ChartColour, Series } from "../../../../../_charts/chart-data.ts";
import { TimeSeries } from "../../../../../_charts/time-series.tsx";
import { EmptyState } from "../../../../../_ui/empty-state.tsx";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { formatNumber, formatReading } from "../../../../../_ui/format/number.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";

type ChartLook = {
  name: Line["name"];
  title: string;
  unit: string;
  scale: number;
  format: (value: number | null) => string;
  max?: number;
};

const looks: readonly ChartLook[] = [
  { name: "requests", title: "Operations", unit: "/s", scale: 1, format: formatReading },
  { name: "p99", title: "Latency p99", unit: "ms", scale: 1, format: formatMs },
  { name: "failure_ratio", title: "Errors", unit: "%", scale: 100, format: formatReading },
  { name: "cpu", title: "CPU", unit: "%", scale: 100, format: formatWhole, max: 100 },
  { name: "memory", title: "Memory", unit: "%", scale: 100, format: formatWhole, max: 100 },
  { name: "disk", title: "Disk", unit: "%", scale: 100, format: formatWhole, max: 100 },
  { name: "net_out", title: "Network out", unit: "Gb/s", scale: 1e-9, format: formatReading },
  { name: "net_in", title: "Network in", unit: "Gb/s", scale: 1e-9, format: formatReading },
  { name: "disk_read", title: "Disk read latency", unit: "ms", scale: 1, format: formatMs },
];

/** Six at most: one for each category of the palette. */
export const nodeColours: readonly ChartColour[] = ["cat-1", "cat-2", "cat-3", "cat-4", "cat-5", "cat-6"];

type CompareChartsProps = { comparison: NodeComparison; onZoom: (from: Date, to: Date) => void };

/** The same line of every node in one chart; a colour is a node on all of them. */
export function CompareCharts({ comparison, onZoom }: CompareChartsProps) {
  return (
    <Sheet columns="repeat(3, minmax(0, 1fr))">
      {looks.map((look) => (
        <ComparedLine key={look.name} look={look} comparison={comparison} onZoom={onZoom} />
      ))}
    </Sheet>
  );
}

function ComparedLine({ look, comparison, onZoom }: CompareChartsProps & { look: ChartLook }) {
  const { start, stepMs, points } = comparison.steps;
  const steps = useMemo(
    () => ({ start: new Date(start).getTime(), stepMs, points }),
    [start, stepMs, points],
  );
  const series = useMemo(() => linesOf(comparison, look), [comparison, look]);
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  return (
    <Panel title={look.title} sub={look.unit} age={{ at: comparison.at, staleAfterMs: 90_000 }}>
      {isEmpty ? (
        <EmptyState title="Nothing in this range">None of these nodes has a reading of this.</EmptyState>
      ) : (
        <TimeSeries
          label={look.title}
          steps={steps}
          series={series}
          unit={look.unit}
          format={look.format}
          height={150}
          syncId="compare"
          onZoom={onZoom}
          {...(look.max !== undefined && { max: look.max })}
        />
      )}
    </Panel>
  );
}

function linesOf({ nodes }: NodeComparison, { name, scale }: ChartLook): Series[] {
  return nodes.map(({ node, lines }, index) => {
    const line = lines.find((candidate) => candidate.name === name);
    const scaled = (value: number | null) => (value === null ? null : value * scale);
    return {
      id: node.key,
      label: node.name,
      colour: nodeColours[index] ?? "text-3",
      values: line?.values.map(scaled) ?? [],
      current: scaled(line?.current ?? null),
    };
  });
}

function formatWhole(value: number | null): string {
  return formatNumber(value);
}
