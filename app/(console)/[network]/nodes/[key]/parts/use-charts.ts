"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { NodeDetail } from "../../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../../_shell/time-range/use-time-range.ts";
import { hostKinds, nodeParsers, seriesKindsOf } from "../search-params.ts";
import { chartEvents } from "./chart-events.ts";
import type { ChartsContext } from "./series-panel.tsx";
import { useLiveNode } from "./use-live-node.ts";

/** The charts of a tab and the bar over them. */
export function useCharts(network: NetworkName, detail: NodeDetail) {
  const trpc = useTRPC();
  const { key } = detail.node;
  const { range, setRange, zoomTo } = useTimeRange();
  const [{ tab, as }, setParams] = useQueryStates(nodeParsers, { history: "replace" });
  const isLive = range.to === "now";
  const input = useMemo(
    () => ({ network, key, ...range, kinds: seriesKindsOf(tab) }),
    [network, key, range, tab],
  );
  const query = useQuery(
    trpc.nodes.series.queryOptions(input, { placeholderData: keepPreviousData, meta: { isLive } }),
  );
  const host = useQuery(
    trpc.nodes.hostSeries.queryOptions(
      { network, key, ...range, kinds: hostKinds },
      {
        enabled: tab === "overview" && query.data?.hasTelemetry === false && !query.isPlaceholderData,
        placeholderData: keepPreviousData,
        refetchInterval: isLive && scrapeEveryMs,
      },
    ),
  );
  useLiveNode(input, isLive && !query.isPlaceholderData);
  const eventsQuery = useQuery(
    trpc.nodes.events.queryOptions({ network, key, ...range, limit: eventsOnPage }, { meta: { isLive } }),
  );
  const span = query.data?.steps;
  const events = useMemo(
    () =>
      span && eventsQuery.data
        ? chartEvents(eventsQuery.data.rows, {
            from: new Date(span.from).getTime(),
            to: new Date(span.to).getTime(),
          })
        : [],
    [span, eventsQuery.data],
  );
  const { reportedAt, activeAt } = detail;
  const context: ChartsContext = {
    query,
    host,
    events,
    onZoom: zoomTo,
    areTables: as === "tables",
    heard: { telemetry: reportedAt, activity: activeAt },
  };
  const bar = {
    series: query.data,
    events,
    range,
    onRange: setRange,
    as,
    onAs: (next: typeof as) => void setParams({ as: next }),
  };
  return { context, bar, eventsQuery };
}

const eventsOnPage = 20;
/** No notice tells of what Prometheus scrapes. */
const scrapeEveryMs = 15_000;
