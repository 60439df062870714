import type { UseQueryResult } from "@tanstack/react-query";
import type { BucketHistory } from "../../../../../../../server/features/inventory/schema.ts";
import { ChartSkeleton } from "../../../../../../_charts/chart-skeleton.tsx";
import { TimeSeries, type TimeSeriesProps } from "../../../../../../_charts/time-series.tsx";
import { formatMs } from "../../../../../../_ui/format/duration.ts";
import { formatSi } from "../../../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../../../_ui/query-panel.tsx";
import { toChartSteps, toSeries } from "../../../../line-series.ts";

type BucketHistoryPanelProps = {
  kind: "operations" | "latency";
  query: UseQueryResult<BucketHistory, unknown>;
  onZoom: (from: Date, to: Date) => void;
};

type Look = {
  title: string;
  sub: string;
  unit: string;
  form: TimeSeriesProps["form"];
  format: TimeSeriesProps["format"];
};

const looks: Record<BucketHistoryPanelProps["kind"], Look> = {
  operations: {
    title: "Operations",
    sub: "per second, by type",
    unit: "per second",
    form: "area",
    format: formatSi,
  },
  latency: { title: "Latency", sub: "ms, as clients measured", unit: "ms", form: "line", format: formatMs },
};

const height = 168;

export function BucketHistoryPanel({ kind, query, onZoom }: BucketHistoryPanelProps) {
  const { title, sub, unit, form, format } = looks[kind];
  return (
    <QueryPanel
      title={title}
      sub={sub}
      what={title.toLowerCase()}
      query={query}
      skeleton={<ChartSkeleton height={height} />}
      emptyWhen={(history) =>
        toSeries(history[kind]).some(({ values }) => values.some((value) => value))
          ? null
          : {
              title: "No request in this range",
              children: "Choose an earlier start, or look at the newest requests.",
            }
      }
    >
      {(history) => (
        <TimeSeries
          label={title}
          unit={unit}
          steps={toChartSteps(history.steps)}
          series={toSeries(history[kind])}
          syncId="bucket"
          height={height}
          onZoom={onZoom}
          {...(form && { form })}
          {...(format && { format })}
        />
      )}
    </QueryPanel>
  );
}
