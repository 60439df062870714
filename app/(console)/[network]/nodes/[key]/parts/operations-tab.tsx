"use client";

import type { NodeSeries, SeriesKind } from "../../../../../../server/features/nodes/history-schema.ts";
import type { NodeDetail } from "../../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { formatNumber, formatReading } from "../../../../../_ui/format/number.ts";
import { formatPercent } from "../../../../../_ui/format/percent.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { labelOf } from "../../../line-series.ts";
import { ErrorsPanel, OperationsPanel, PercentilesPanel } from "./chart-panels.tsx";
import { ChartsBar } from "./charts-bar.tsx";
import { LatencyPanel } from "./latency-panel.tsx";
import { totalsOf } from "./operation-totals.ts";
import { type ChartsContext, nothingFrom } from "./series-panel.tsx";
import { useCharts } from "./use-charts.ts";

/** The requests of the range at full width: by type, by latency, by code, and what they add up to. */
export function OperationsTab({ network, detail }: { network: NetworkName; detail: NodeDetail }) {
  const { context, bar } = useCharts(network, detail);
  return (
    <>
      <ChartsBar {...bar} />
      <Sheet columns="repeat(2, minmax(0, 1fr))">
        <OperationsPanel context={context} height={240} />
        <PercentilesPanel context={context} height={240} />
        <LatencyPanel context={context} limits={detail.limits} />
        <ErrorsPanel context={context} height={206} />
        <TotalsPanel context={context} kind="operations" title="By type" />
        <TotalsPanel context={context} kind="failures" title="By code" />
      </Sheet>
    </>
  );
}

type TotalsPanelProps = { context: ChartsContext; kind: SeriesKind; title: string };

function TotalsPanel({ context, kind, title }: TotalsPanelProps) {
  return (
    <QueryPanel
      query={context.query}
      what="the sums"
      title={title}
      sub="of the range"
      isFlush
      ageOf={() => context.heard.activity}
      emptyWhen={(series) => (hasRequests(series, kind) ? null : nothingFrom("activity"))}
    >
      {(series) => (
        <SmallTable
          label={title}
          isCompact
          rows={totalsOf(series, kind)}
          rowKey={(row) => row.name}
          columns={[
            { id: "name", title: kind === "operations" ? "Type" : "Code", cell: (row) => labelOf(row.name) },
            {
              id: "requests",
              title: "Requests",
              isNumber: true,
              width: 120,
              cell: (row) => `≈ ${formatNumber(row.requests)}`,
            },
            {
              id: "share",
              title: "Share %",
              isNumber: true,
              width: 80,
              cell: (row) => formatPercent(row.share),
            },
            {
              id: "mean",
              title: "Mean /s",
              isNumber: true,
              width: 88,
              cell: (row) => formatReading(row.meanPerSecond),
            },
            {
              id: "peak",
              title: "Peak /s",
              isNumber: true,
              width: 88,
              cell: (row) => formatReading(row.peakPerSecond),
            },
          ]}
        />
      )}
    </QueryPanel>
  );
}

function hasRequests(series: NodeSeries, kind: SeriesKind): boolean {
  return totalsOf(series, kind).some((total) => total.meanPerSecond !== null);
}
