import type { UseQueryResult } from "@tanstack/react-query";
import type { ClusterHistory } from "../../../../../../server/features/clusters/schema.ts";
import { ChartSkeleton } from "../../../../../_charts/chart-skeleton.tsx";
import { TimeSeries, type TimeSeriesProps } from "../../../../../_charts/time-series.tsx";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { formatSi } from "../../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { toChartSteps, toSeries } from "../../../line-series.ts";

type HistoryPanelProps = {
  kind: "operations" | "latency";
  query: UseQueryResult<ClusterHistory, unknown>;
  onZoom: (from: Date, to: Date) => void;
};

type Look = {
  title: string;
  sub: string;
  unit: string;
  form: TimeSeriesProps["form"];
  format: TimeSeriesProps["format"];
};

const looks: Record<HistoryPanelProps["kind"], Look> = {
  operations: {
    title: "Operations",
    sub: "per second, by type",
    unit: "per second",
    form: "area",
    format: formatSi,
  },
  latency: { title: "Request latency", sub: "ms, all nodes", unit: "ms", form: "line", format: formatMs },
};

const height = 180;

export function HistoryPanel({ kind, query, onZoom }: HistoryPanelProps) {
  const { title, sub, unit, form, format } = looks[kind];
  return (
    <QueryPanel
      title={title}
      sub={sub}
      what={title.toLowerCase()}
      query={query}
      skeleton={<ChartSkeleton height={height} />}
      emptyWhen={(history) =>
        toSeries(history[kind]).length > 0
          ? null
          : {
              title: "No activity in this range",
              children: "No request to a node of this cluster came over Kafka.",
            }
      }
    >
      {(history) => (
        <TimeSeries
          label={title}
          unit={unit}
          steps={toChartSteps(history.steps)}
          series={toSeries(history[kind])}
          syncId="cluster"
          height={height}
          onZoom={onZoom}
          {...(form && { form })}
          {...(format && { format })}
        />
      )}
    </QueryPanel>
  );
}
