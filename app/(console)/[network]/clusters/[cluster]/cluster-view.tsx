"use client";

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import type { ClusterDetail } from "../../../../../server/features/clusters/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useLiveInvalidation } from "../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../_shell/time-range/use-time-range.ts";
import { Id } from "../../../../_ui/id.tsx";
import { PageFailure } from "../../../../_ui/page-failure.tsx";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { type Tab, Tabs } from "../../../../_ui/tabs.tsx";
import { ClusterStatus } from "../parts/cluster-status.tsx";
import { clusterNodesInput } from "./cluster-nodes-input.ts";
import { ClusterFigures } from "./parts/cluster-figures.tsx";
import { ClusterNodesPanel } from "./parts/cluster-nodes-panel.tsx";
import { DashboardTab } from "./parts/dashboard-tab.tsx";
import { HistoryPanel } from "./parts/history-panel.tsx";
import { MoneyPanel } from "./parts/money-panel.tsx";
import { ParametersPanel } from "./parts/parameters-panel.tsx";
import { TopologyPanel } from "./parts/topology-panel.tsx";
import { type ClusterTab, clusterParsers, clusterTabs } from "./search-params.ts";
import "../parts/clusters.css";

type ClusterViewProps = { network: NetworkName; clusterId: string };

/** One cluster: what the chain fixed, who stands in it, how it is used. */
export function ClusterView({ network, clusterId }: ClusterViewProps) {
  const trpc = useTRPC();
  const [{ tab }] = useQueryStates(clusterParsers);
  const search = useSearchParams();
  useLiveInvalidation(network);
  const detail = useQuery(trpc.clusters.get.queryOptions({ network, clusterId }));
  if (!detail.data && detail.isError)
    return (
      <PageFailure
        query={detail}
        what="cluster"
        list={{ label: `All clusters of ${network}`, href: `/${network}/clusters` }}
      />
    );
  return (
    <>
      <PageHead
        title={detail.data?.cluster.name ?? "Cluster"}
        badge={detail.data && <ClusterStatus status={detail.data.cluster.status} />}
        meta={<ClusterMeta clusterId={clusterId} detail={detail.data} />}
      />
      <Tabs label="Views of this cluster" tabs={clusterTabs.map((name) => toTab(name, tab, search))} />
      {tab === "dashboard" ? (
        <DashboardTab network={network} clusterId={clusterId} name={detail.data?.cluster.name ?? null} />
      ) : (
        <Overview network={network} clusterId={clusterId} detail={detail} />
      )}
    </>
  );
}

type OverviewProps = ClusterViewProps & { detail: UseQueryResult<ClusterDetail, unknown> };

function Overview({ network, clusterId, detail }: OverviewProps) {
  const trpc = useTRPC();
  const { range, zoomTo } = useTimeRange();
  const history = useQuery(trpc.clusters.history.queryOptions({ network, clusterId, ...range }));
  const nodes = useQuery(trpc.nodes.list.queryOptions(clusterNodesInput(network, clusterId)));
  return (
    <>
      {detail.data ? (
        <ClusterFigures detail={detail.data} />
      ) : (
        <Sheet>
          <Panel title="Now" state={queryState(detail, "cluster")} />
        </Sheet>
      )}
      <Sheet columns="minmax(0, 1.4fr) minmax(0, 1fr)">
        <HistoryPanel kind="operations" query={history} onZoom={zoomTo} />
        <HistoryPanel kind="latency" query={history} onZoom={zoomTo} />
      </Sheet>
      <Sheet>
        <ClusterNodesPanel network={network} clusterId={clusterId} query={nodes} />
      </Sheet>
      {detail.data && (
        <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
          <TopologyPanel detail={detail.data} />
          <div className="panel-stack">
            <ParametersPanel detail={detail.data} />
            {history.data && <MoneyPanel charges={history.data.charges} payouts={detail.data.payouts} />}
          </div>
        </Sheet>
      )}
      {detail.data && detail.data.caveats.length > 0 && <Caveats caveats={detail.data.caveats} />}
    </>
  );
}

const tabLabels: Record<ClusterTab, string> = { overview: "Overview", dashboard: "Dashboard" };

/** The time range goes along. */
function toTab(name: ClusterTab, current: ClusterTab, search: URLSearchParams): Tab {
  const next = new URLSearchParams(search);
  if (name === "overview") next.delete("tab");
  else next.set("tab", name);
  return { href: `?${next}`, label: tabLabels[name], isCurrent: name === current };
}

function ClusterMeta({ clusterId, detail }: { clusterId: string; detail: ClusterDetail | undefined }) {
  return (
    <>
      <Id value={clusterId} what="cluster id" showCopy />
      {detail?.managerId && (
        <span>
          managed by <Id value={detail.managerId} what="manager account" />
        </span>
      )}
    </>
  );
}

/** Faults of the source that touch this page are said where its figures are read. */
function Caveats({ caveats }: { caveats: readonly string[] }) {
  return (
    <ul className="panel-note">
      {caveats.map((caveat) => (
        <li key={caveat}>{caveat}</li>
      ))}
    </ul>
  );
}
