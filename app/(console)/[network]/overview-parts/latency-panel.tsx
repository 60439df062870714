import type { UseQueryResult } from "@tanstack/react-query";
import type { OverviewSeries } from "../../../../server/features/overview/schema.ts";
import { ChartSkeleton } from "../../../_charts/chart-skeleton.tsx";
import { TimeSeries } from "../../../_charts/time-series.tsx";
import { formatMs } from "../../../_ui/format/duration.ts";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { toChartSteps, toSeries } from "../line-series.ts";

type LatencyPanelProps = {
  query: UseQueryResult<OverviewSeries, unknown>;
  onZoom: (from: Date, to: Date) => void;
};

const height = 190;

export function LatencyPanel({ query, onZoom }: LatencyPanelProps) {
  return (
    <QueryPanel
      title="Request latency"
      sub="ms, all nodes"
      what="latency"
      query={query}
      skeleton={<ChartSkeleton height={height} />}
      emptyWhen={(series) =>
        toSeries(series.latency).length > 0
          ? null
          : {
              title: "No latency in this range",
              children: "Records carry a latency when the node's response or the acknowledgement has a time.",
            }
      }
    >
      {(series) => (
        <TimeSeries
          label="Request latency"
          unit="ms"
          steps={toChartSteps(series.steps)}
          series={toSeries(series.latency)}
          format={formatMs}
          syncId="overview"
          height={height}
          onZoom={onZoom}
        />
      )}
    </QueryPanel>
  );
}
