import type { UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import type { OverviewSeries } from "../../../../server/features/overview/schema.ts";
import type { ChartEvent, Limit } from "../../../_charts/chart-data.ts";
import { ChartSkeleton } from "../../../_charts/chart-skeleton.tsx";
import { TimeSeries } from "../../../_charts/time-series.tsx";
import { formatNumber, formatSi } from "../../../_ui/format/number.ts";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { toChartSteps, toSeries } from "../line-series.ts";

type OperationsPanelProps = {
  query: UseQueryResult<OverviewSeries, unknown>;
  onZoom: (from: Date, to: Date) => void;
  /** Operations a second that a benchmark has proved; drawn as a limit once the load comes near it. */
  proven: number | null;
};

const height = 230;

export function OperationsPanel({ query, onZoom, proven }: OperationsPanelProps) {
  const limits = useMemo(() => provenLimit(query.data, proven), [query.data, proven]);
  return (
    <QueryPanel
      title="Operations"
      sub="per second, by type"
      what="operations"
      query={query}
      skeleton={<ChartSkeleton height={height} />}
      emptyWhen={(series) =>
        toSeries(series.operations).length > 0
          ? null
          : {
              title: "No activity in this range",
              children: "No request of any node came over Kafka. A longer range may hold something.",
            }
      }
    >
      {(series) => (
        <>
          <TimeSeries
            label="Operations"
            form="area"
            unit="per second"
            steps={toChartSteps(series.steps)}
            series={toSeries(series.operations)}
            events={flagsOf(series)}
            limits={limits}
            format={(value) => formatNumber(value)}
            formatAxis={(value) => formatSi(value)}
            syncId="overview"
            height={height}
            onZoom={onZoom}
          />
          <Flags events={flagsOf(series)} />
        </>
      )}
    </QueryPanel>
  );
}

function provenLimit(series: OverviewSeries | undefined, proven: number | null): Limit[] {
  if (!series || proven === null) return [];
  const totals = series.operations.reduce<number[]>((sums, line) => {
    for (const [index, value] of line.values.entries()) sums[index] = (sums[index] ?? 0) + (value ?? 0);
    return sums;
  }, []);
  const isNear = Math.max(0, ...totals) > proven / 4;
  return isNear ? [{ value: proven, label: `proven capacity ${formatNumber(proven)}/s`, tone: "idle" }] : [];
}

const mostFlags = 6;

function flagsOf(series: OverviewSeries): ChartEvent[] {
  return series.marks.slice(-mostFlags).map(({ at, severity, text }, index) => ({
    at: new Date(at).getTime(),
    number: index + 1,
    label: text,
    tone: severity,
  }));
}

/** What the numbered flags mean, once. */
function Flags({ events }: { events: readonly ChartEvent[] }) {
  if (events.length === 0) return null;
  return (
    <ul className="flags">
      {events.map(({ number, label, tone }) => (
        <li key={number}>
          <b className={`t-${tone}`}>{number}</b> {label}
        </li>
      ))}
    </ul>
  );
}
