"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useMemo } from "react";
import type {
  Gap,
  HostSeries,
  NodeSeries,
  SeriesKind,
} from "../../../../../../server/features/nodes/history-schema.ts";
import type { ChartEvent, Limit } from "../../../../../_charts/chart-data.ts";
import { ChartSkeleton } from "../../../../../_charts/chart-skeleton.tsx";
import { TimeSeries, type TimeSeriesProps } from "../../../../../_charts/time-series.tsx";
import type { EmptyStateProps } from "../../../../../_ui/empty-state.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { toChartSteps } from "../../../line-series.ts";
import { gapsOf, seriesOf } from "./chart-lines.ts";

export type Source = "telemetry" | "activity";

/** What all charts of the page share. */
export type ChartsContext = {
  /** One question to the server for all panels. */
  query: UseQueryResult<NodeSeries, unknown>;
  /** What node-exporter says of the machine; asked only where the node sent no telemetry in the range. */
  host: UseQueryResult<HostSeries, unknown>;
  events: readonly ChartEvent[];
  onZoom: (from: Date, to: Date) => void;
  areTables: boolean;
  /** When each source was last heard. */
  heard: Record<Source, string | null>;
};

type ChartLook = Pick<TimeSeriesProps, "form" | "format" | "formatAxis" | "max" | "height"> & {
  kind: SeriesKind;
  source: Source;
  title: string;
  unit: string;
  /** Keep the function itself the same between renders. */
  limitsOf?: (series: Pick<NodeSeries, "panels">) => Limit[];
};

type SeriesPanelProps = ChartLook & { context: ChartsContext; sub: ReactNode };

/** One panel of the chart row: they share crosshair, range and events. */
export function SeriesPanel(props: SeriesPanelProps) {
  const { context, sub, ...look } = props;
  if (look.source === "telemetry" && context.query.data?.hasTelemetry === false)
    return <HostPanel {...props} />;
  const { kind, source, title, height = 150 } = look;
  return (
    <QueryPanel
      query={context.query}
      what={title.toLowerCase()}
      title={title}
      sub={sub}
      skeleton={<ChartSkeleton height={height} />}
      ageOf={() => context.heard[source]}
      emptyWhen={(series) => (seriesOf(series, kind).length > 0 ? null : nothingFrom(source))}
    >
      {(series) => <SeriesChart context={context} look={look} series={series} from={source} />}
    </QueryPanel>
  );
}

/** The same panel out of node-exporter: a question of its own, so that a Prometheus which is away darkens only this. */
function HostPanel({ context, sub, ...look }: SeriesPanelProps) {
  const { kind, title, height = 150 } = look;
  const { host } = context;
  const isRead = host.data?.from.kind === "node_exporter";
  return (
    <QueryPanel
      query={host}
      what={`${title.toLowerCase()} from node exporter`}
      title={title}
      sub={isRead ? <>{sub}, node exporter, by Prometheus</> : sub}
      skeleton={<ChartSkeleton height={height} />}
      ageOf={({ from }) => (from.kind === "node_exporter" ? from.scrapedAt : context.heard.telemetry)}
      emptyWhen={(series) => (seriesOf(series, kind).length > 0 ? null : nothingOfHost(series.from))}
    >
      {(series) => <SeriesChart context={context} look={look} series={series} from="node_exporter" />}
    </QueryPanel>
  );
}

function nothingOfHost(from: HostSeries["from"]): EmptyStateProps {
  if (from.kind === "absent") return { title: "No telemetry in this range", children: from.why };
  return from.kind === "node_exporter"
    ? {
        title: "Nothing read in this range",
        children: "The node-exporter of its machine has no such series.",
      }
    : { title: "Telemetry has come back", children: "The charts show it in a moment." };
}

type SeriesChartProps = {
  context: ChartsContext;
  look: ChartLook;
  series: Pick<NodeSeries, "steps" | "panels" | "gaps">;
  from: Gap["source"];
};

/**
 * Lines that did not change stay the same objects, so that a live point draws only the charts that it moves; and those
 * wait for whatever a person is doing.
 */
function SeriesChart({ context, look, series: newest, from }: SeriesChartProps) {
  const series = useDeferredValue(newest);
  const { kind, source: _, title, unit, height = 150, limitsOf, ...chart } = look;
  const { events, onZoom, areTables } = context;
  const panel = series.panels.find((candidate) => candidate.kind === kind);
  const { start, stepMs, points } = series.steps;
  const steps = useMemo(() => toChartSteps({ start, stepMs, points }), [start, stepMs, points]);
  const lines = useMemo(() => (panel ? seriesOf({ panels: [panel] }, kind) : []), [panel, kind]);
  const gaps = useMemo(() => gapsOf(series.gaps, from), [series.gaps, from]);
  const limits = useMemo(() => panel && limitsOf?.({ panels: [panel] }), [limitsOf, panel]);
  return (
    <TimeSeries
      key={String(areTables)}
      startsAsTable={areTables}
      label={title}
      steps={steps}
      series={lines}
      gaps={gaps}
      events={events}
      syncId="node"
      unit={unit}
      height={height}
      onZoom={onZoom}
      {...(limits && { limits })}
      {...chart}
    />
  );
}

/** In the measure of the chart that it stands for. */
export function nothingFrom(source: Source): EmptyStateProps {
  return source === "telemetry"
    ? {
        title: "No telemetry in this range",
        children: "The node reported nothing over Kafka. A longer range may hold something.",
      }
    : {
        title: "No activity in this range",
        children: "No request to this node came over Kafka. A longer range may hold something.",
      };
}
