"use client";

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import type { NodeDetail } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../_shell/crumb-label.ts";
import { useTimeRange } from "../../../../_shell/time-range/use-time-range.ts";
import { PageFailure } from "../../../../_ui/page-failure.tsx";
import { type Tab, Tabs } from "../../../../_ui/tabs.tsx";
import { hasFallenSilent } from "../parts/live-nodes.ts";
import { RefreshFailed } from "../parts/refresh-failed.tsx";
import { useAskWhenSilent } from "../parts/use-ask-when-silent.ts";
import { DashboardTab } from "./parts/dashboard-tab.tsx";
import { EventsTab } from "./parts/events-tab.tsx";
import { FindingBanner } from "./parts/finding-banner.tsx";
import { NodeHead } from "./parts/node-head.tsx";
import { NodeSkeleton } from "./parts/node-skeleton.tsx";
import { OperationsTab } from "./parts/operations-tab.tsx";
import { OverviewTab } from "./parts/overview-tab.tsx";
import { ProbesTab } from "./parts/probes-tab.tsx";
import { RawPanel } from "./parts/raw-panel.tsx";
import { type NodeTab, nodeParsers, nodeTabs } from "./search-params.ts";

export type NodeViewProps = { network: NetworkName; nodeKey: string };

const tabLabels: Record<NodeTab, string> = {
  overview: "Overview",
  operations: "Operations",
  probes: "Probes",
  events: "Events",
  dashboard: "Dashboard",
  raw: "Raw",
};

/** One node: what three sources say of it, and what it did in the page's time range. */
export function NodeView({ network, nodeKey }: NodeViewProps) {
  const trpc = useTRPC();
  const [{ tab }] = useQueryStates(nodeParsers);
  const query = useQuery(trpc.nodes.get.queryOptions({ network, key: nodeKey }));
  const detail = query.data;
  useCrumbLabel(detail?.node.name ?? null);
  if (!detail && query.isError)
    return (
      <PageFailure
        query={query}
        what="node"
        list={{ label: `All nodes of ${network}`, href: `/${network}/nodes` }}
      />
    );
  if (!detail) return <NodeSkeleton />;
  return <KnownNode network={network} query={query} detail={detail} tab={tab} />;
}

type KnownNodeProps = {
  network: NetworkName;
  query: UseQueryResult<NodeDetail, unknown>;
  detail: NodeDetail;
  tab: NodeTab;
};

function KnownNode({ network, query, detail, tab }: KnownNodeProps) {
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const search = useSearchParams();
  const { node } = detail;
  useAskWhenSilent(trpc.nodes.get.queryKey({ network, key: node.key }), (at) =>
    hasFallenSilent(node, at, detail),
  );
  return (
    <>
      <NodeHead network={network} node={node} range={range} />
      <Tabs label="Views of this node" tabs={nodeTabs.map((name) => toTab(name, tab, search))} />
      <RefreshFailed query={query} />
      <FindingBanner detail={detail} />
      {tab === "overview" && <OverviewTab network={network} detail={detail} />}
      {tab === "operations" && <OperationsTab network={network} detail={detail} />}
      {tab === "probes" && <ProbesTab network={network} nodeKey={node.key} />}
      {tab === "events" && <EventsTab network={network} nodeKey={node.key} />}
      {tab === "dashboard" && <DashboardTab network={network} nodeKey={node.key} />}
      {tab === "raw" && <RawPanel detail={detail} />}
    </>
  );
}

/** The time range and how charts are shown go along. */
function toTab(name: NodeTab, current: NodeTab, search: URLSearchParams): Tab {
  const next = new URLSearchParams(search);
  if (name === "overview") next.delete("tab");
  else next.set("tab", name);
  return { href: `?${next}`, label: tabLabels[name], isCurrent: name === current };
}
