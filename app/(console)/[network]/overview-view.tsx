"use client";

import { useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { useLiveInvalidation } from "../../_client/live/live-provider.tsx";
import { useTRPC } from "../../_client/trpc.tsx";
import { useTimeRange } from "../../_shell/time-range/use-time-range.ts";
import { formatNumber } from "../../_ui/format/number.ts";
import { PageHead } from "../../_ui/page-head.tsx";
import { Panel } from "../../_ui/panel.tsx";
import { queryState } from "../../_ui/query-panel.tsx";
import { Sheet } from "../../_ui/sheet.tsx";
import { WhatIsThis } from "../../_ui/what-is-this.tsx";
import { AttentionPanel } from "./overview-parts/attention-panel.tsx";
import { EconomicsPanel } from "./overview-parts/economics-panel.tsx";
import { IngestPanel } from "./overview-parts/ingest-panel.tsx";
import { LatencyPanel } from "./overview-parts/latency-panel.tsx";
import { OperationsPanel } from "./overview-parts/operations-panel.tsx";
import { OverviewSkeleton } from "./overview-parts/overview-skeleton.tsx";
import { SitesPanel } from "./overview-parts/sites-panel.tsx";
import { SourcesPanel } from "./overview-parts/sources-panel.tsx";
import { Vitals } from "./overview-parts/vitals.tsx";
import "./overview-parts/overview.css";

/** The state of a network on one sheet. Charts follow the time range; everything else is now. */
export function OverviewView({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const { range, zoomTo } = useTimeRange();
  useLiveInvalidation(network);
  const overviewQuery = useQuery(trpc.overview.get.queryOptions({ network }));
  const seriesQuery = useQuery(trpc.overview.series.queryOptions({ network, ...range }));
  const overview = overviewQuery.data;
  const state = queryState(overviewQuery, "the overview");
  return (
    <>
      <PageHead
        title="Overview"
        what={
          <WhatIsThis title="the overview" doc="overview">
            <p>
              Load, latency and storage come from what the nodes report over Kafka; who the nodes are comes
              from the chain index. Every figure says how old it is and leads to the page that explains it.
            </p>
          </WhatIsThis>
        }
        meta={
          overview && (
            <span>
              {formatNumber(overview.nodes.total)} nodes, {formatNumber(overview.clusters)} clusters
            </span>
          )
        }
      />
      {overview === undefined && state.kind === "pending" && <OverviewSkeleton />}
      {overview === undefined && state.kind === "failed" && (
        <Sheet>
          <Panel title="Now" state={state} />
        </Sheet>
      )}
      {overview && <Vitals network={network} overview={overview} />}
      <Sheet columns="minmax(0, 2.2fr) minmax(0, 1fr)">
        <OperationsPanel
          query={seriesQuery}
          onZoom={zoomTo}
          proven={overview?.operations.provenPerSecond ?? null}
        />
        {overview ? (
          <AttentionPanel network={network} overview={overview} />
        ) : (
          <Panel title="Needs attention" state={state} />
        )}
      </Sheet>
      <Sheet columns="minmax(0, 1.1fr) minmax(0, 1fr) minmax(0, 1fr)">
        <LatencyPanel query={seriesQuery} onZoom={zoomTo} />
        {overview ? (
          <SitesPanel network={network} overview={overview} />
        ) : (
          <Panel title="Nodes by site" state={state} />
        )}
        {overview ? <EconomicsPanel overview={overview} /> : <Panel title="Economics" state={state} />}
      </Sheet>
      {overview && (
        <Sheet columns="minmax(0, 1.3fr) minmax(0, 1fr)">
          <IngestPanel overview={overview} />
          <SourcesPanel overview={overview} />
        </Sheet>
      )}
    </>
  );
}
