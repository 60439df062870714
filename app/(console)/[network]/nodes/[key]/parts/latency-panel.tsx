"use client";

import { useDeferredValue, useMemo } from "react";
import type { NodeSeries } from "../../../../../../server/features/nodes/history-schema.ts";
import { markOf } from "../../../../../../server/features/nodes/rules.ts";
import type { NodeLimits } from "../../../../../../server/features/nodes/schema.ts";
import { ChartSkeleton } from "../../../../../_charts/chart-skeleton.tsx";
import { Heatmap } from "../../../../../_charts/heatmap.tsx";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Reading } from "../../../../../_ui/reading.tsx";
import { toChartSteps } from "../../../line-series.ts";
import { currentOf, gapsOf, seriesOf } from "./chart-lines.ts";
import { type ChartsContext, nothingFrom } from "./series-panel.tsx";

type LatencyPanelProps = { context: ChartsContext; limits: NodeLimits };

const height = 206;

/** How the latency of all requests is spread over time, and its percentiles over it. */
export function LatencyPanel({ context, limits }: LatencyPanelProps) {
  return (
    <QueryPanel
      query={context.query}
      what="latency"
      title="Latency"
      sub="all requests, log scale"
      skeleton={<ChartSkeleton height={height} />}
      ageOf={() => context.heard.activity}
      emptyWhen={({ heatmap }) => (heatmap && heatmap.max > 0 ? null : nothingFrom("activity"))}
      actions={context.query.data && <Percentiles series={context.query.data} limits={limits} />}
    >
      {(series) => <LatencyHeatmap context={context} series={series} />}
    </QueryPanel>
  );
}

function LatencyHeatmap({ context, series: newest }: { context: ChartsContext; series: NodeSeries }) {
  const series = useDeferredValue(newest);
  const { heatmap } = series;
  const latency = series.panels.find((panel) => panel.kind === "latency");
  const { start, stepMs, points } = series.steps;
  const lines = useMemo(
    () => ({
      steps: toChartSteps({ start, stepMs, points }),
      series: latency ? seriesOf({ panels: [latency] }, "latency") : [],
    }),
    [latency, start, stepMs, points],
  );
  const gaps = useMemo(() => gapsOf(series.gaps, "activity"), [series.gaps]);
  const steps = useMemo(() => heatmap && toChartSteps(heatmap.steps), [heatmap]);
  if (!heatmap || !steps) return null;
  return (
    <Heatmap
      key={String(context.areTables)}
      startsAsTable={context.areTables}
      label="Latency"
      height={height}
      steps={steps}
      edges={heatmap.edgesMs}
      counts={heatmap.counts}
      max={heatmap.max}
      lines={lines}
      format={formatLatency}
      counted="requests"
      gaps={gaps}
      events={context.events}
      syncId="node"
      onZoom={context.onZoom}
    />
  );
}

function Percentiles({ series, limits }: { series: NodeSeries; limits: NodeLimits }) {
  const p99 = currentOf(series, "latency", "p99");
  return (
    <span className="sec hidden gap-3.5 text-11 phone:flex">
      <span>
        p50 <b>{formatMs(currentOf(series, "latency", "p50"))}</b>
      </span>
      <span>
        p95 <b>{formatMs(currentOf(series, "latency", "p95"))}</b>
      </span>
      <span>
        p99{" "}
        <b>
          <Reading value={formatMs(p99)} over={markOf("p99Ms", p99, limits)} />
        </b>
      </span>
    </span>
  );
}

function formatLatency(ms: number): string {
  return ms >= 1_000 ? `${formatMs(ms / 1_000)} s` : `${formatMs(ms)} ms`;
}
