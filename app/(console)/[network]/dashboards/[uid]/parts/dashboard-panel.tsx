import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import Code from "lucide-react/icons/code-xml";
import { useState } from "react";
import type {
  DashboardDetail,
  Panel,
  PanelData,
} from "../../../../../../server/features/dashboards/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { ChartSkeleton } from "../../../../../_charts/chart-skeleton.tsx";
import { onItsOwn, useTRPC } from "../../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../../_shell/time-range/use-time-range.ts";
import { IconButton } from "../../../../../_ui/icon-button.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Skeleton } from "../../../../../_ui/skeleton.tsx";
import { AnswerSeries } from "./answer-series.tsx";
import { AnswerTable } from "./answer-table.tsx";
import { AnswerValue } from "./answer-value.tsx";
import { PanelQuestion } from "./panel-question.tsx";
import { lookOf } from "./panel-units.ts";

type DashboardPanelProps = {
  network: NetworkName;
  dashboard: DashboardDetail;
  panel: Panel;
  variables: Record<string, string[]>;
  /** Until then it is being loaded. */
  isAsked: boolean;
};

/** Views change by the minute, so a panel is asked again by the minute. */
const againMs = 60_000;

export function DashboardPanel({ network, dashboard, panel, variables, isAsked }: DashboardPanelProps) {
  const trpc = useTRPC();
  const { range, zoomTo } = useTimeRange();
  const [isAsking, setAsking] = useState(false);
  const query = useQuery(
    trpc.dashboards.panel.queryOptions(
      { network, uid: dashboard.uid, panelId: panel.id, variables, ...range },
      { enabled: isAsked, refetchInterval: againMs, placeholderData: keepPreviousData, trpc: onItsOwn },
    ),
  );
  return (
    <QueryPanel
      title={panel.title}
      sub={subOf(panel)}
      what={panel.title.toLowerCase()}
      query={query}
      isFlush={panel.form === "table"}
      skeleton={skeletonOf(panel)}
      ageOf={(data) => data.at}
      staleAfterMs={2 * againMs}
      emptyWhen={(data) => emptyOf(data)}
      actions={
        <IconButton
          icon={Code}
          label={`Query of ${panel.title}`}
          aria-expanded={isAsking}
          onClick={() => setAsking(!isAsking)}
        />
      }
    >
      {(data) => (
        <>
          <Answer panel={panel} data={data} onZoom={zoomTo} />
          {isAsking && <PanelQuestion panel={panel} file={dashboard.file} tookMs={data.tookMs} />}
        </>
      )}
    </QueryPanel>
  );
}

/** Under a figure there is room for its description; beside a chart's name stands its unit too. */
function subOf({ form, unit, description }: Panel): string | null {
  if (form === "stat") return null;
  const parts = [form === "timeseries" ? lookOf(unit).unit : "", description ?? ""];
  return parts.filter((part) => part !== "").join(" · ") || null;
}

function skeletonOf({ form }: Panel) {
  if (form === "timeseries") return <ChartSkeleton height={180} />;
  return form === "stat" ? <Skeleton width="55%" height={44} /> : undefined;
}

type AnswerProps = { panel: Panel; data: PanelData; onZoom: (from: Date, to: Date) => void };

function Answer({ panel, data: { answer }, onZoom }: AnswerProps) {
  switch (answer.kind) {
    case "series":
      return <AnswerSeries panel={panel} answer={answer} onZoom={onZoom} />;
    case "value":
      return <AnswerValue panel={panel} value={answer.value} />;
    case "table":
      return <AnswerTable label={panel.title} answer={answer} />;
  }
}

function emptyOf({ answer }: NonNullable<UseQueryResult<PanelData>["data"]>) {
  const isEmpty =
    (answer.kind === "series" &&
      answer.series.every(({ values }) => values.every((value) => value === null))) ||
    (answer.kind === "table" && answer.rows.length === 0);
  return isEmpty
    ? {
        title: "Nothing in this range",
        children: "No row of these views is in the time range and the chosen values.",
      }
    : null;
}
