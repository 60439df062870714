"use client";

import { useCallback } from "react";
import type { NodeSeries } from "../../../../../../server/features/nodes/history-schema.ts";
import type { NodeLimits } from "../../../../../../server/features/nodes/schema.ts";
import type { Limit } from "../../../../../_charts/chart-data.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { formatNumber, formatReading } from "../../../../../_ui/format/number.ts";
import { currentOf, highestOf } from "./chart-lines.ts";
import { type ChartsContext, SeriesPanel } from "./series-panel.tsx";

type ChartPanelProps = { context: ChartsContext; height?: number };

export function OperationsPanel({ context, height = 206 }: ChartPanelProps) {
  return (
    <SeriesPanel
      context={context}
      kind="operations"
      source="activity"
      title="Operations"
      sub="per second"
      unit="/s"
      form="area"
      formatAxis={formatTick}
      height={height}
    />
  );
}

export function ErrorsPanel({ context, height = 150 }: ChartPanelProps) {
  return (
    <SeriesPanel
      context={context}
      kind="failures"
      source="activity"
      title="Errors"
      sub="per second, by code"
      unit="/s"
      form="bars"
      formatAxis={formatTick}
      height={height}
    />
  );
}

export function PercentilesPanel({ context, height = 206 }: ChartPanelProps) {
  return (
    <SeriesPanel
      context={context}
      kind="latency"
      source="activity"
      title="Latency percentiles"
      sub="ms, all requests"
      unit="ms"
      format={formatMs}
      formatAxis={formatTick}
      height={height}
    />
  );
}

export function DiskReadPanel({ context, limits }: ChartPanelProps & { limits: NodeLimits }) {
  const { diskReadMsWarn } = limits;
  const limitsOf = useCallback(
    (): Limit[] => [{ value: diskReadMsWarn, label: `marked from ${diskReadMsWarn} ms`, tone: "warn" }],
    [diskReadMsWarn],
  );
  return (
    <SeriesPanel
      context={context}
      kind="disk_read"
      source="telemetry"
      title="Disk read latency"
      sub="ms"
      unit="ms"
      format={formatMs}
      formatAxis={formatTick}
      limitsOf={limitsOf}
    />
  );
}

export function CpuMemoryPanel({ context }: ChartPanelProps) {
  return (
    <SeriesPanel
      context={context}
      kind="cpu_memory"
      source="telemetry"
      title="CPU and memory"
      sub="%"
      unit="%"
      format={formatPercents}
      max={100}
    />
  );
}

export function NetworkPanel({ context }: ChartPanelProps) {
  return (
    <SeriesPanel
      context={context}
      kind="network"
      source="telemetry"
      title="Network"
      sub="Gb/s"
      unit="Gb/s"
      formatAxis={formatTick}
      limitsOf={linkLimits}
    />
  );
}

/** Ticks are round: no more digits than they need. */
function formatTick(value: number): string {
  return formatNumber(value, 3);
}

function formatPercents(value: number | null): string {
  return formatNumber(value);
}

/** What the link is said to carry, and the most that was seen on it. */
function linkLimits(series: Pick<NodeSeries, "panels">): Limit[] {
  const link = currentOf(series, "network", "link");
  const most = Math.max(
    highestOf(series, "network", "net_in") ?? 0,
    highestOf(series, "network", "net_out") ?? 0,
  );
  const limits: Limit[] = [];
  if (link !== null)
    limits.push({ value: link, label: `reported link ${formatReading(link)} Gb/s`, tone: "idle" });
  if (most > 0 && link !== null && most < link * 0.9)
    limits.push({ value: most, label: `most measured ${formatReading(most)} Gb/s`, tone: "idle" });
  return limits;
}
