"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { NodeDetail } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../_shell/crumb-label.ts";
import { useTimeRange } from "../../../../_shell/time-range/use-time-range.ts";
import { ErrorState } from "../../../../_ui/error-state.tsx";
import { type Tab, Tabs } from "../../../../_ui/tabs.tsx";
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
      <ErrorState
        isPage
        what="node"
        error={toShownError(query.error)}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
        actions={<Link href={`/${network}/nodes`}>All nodes of {network}</Link>}
      />
    );
  if (!detail) return <NodeSkeleton />;
  return <KnownNode network={network} detail={detail} tab={tab} />;
}

function KnownNode({ network, detail, tab }: { network: NetworkName; detail: NodeDetail; tab: NodeTab }) {
  const { range } = useTimeRange();
  return (
    <>
      <NodeHead network={network} node={detail.node} range={range} />
      <Tabs label="Views of this node" tabs={nodeTabs.map((name) => toTab(name, tab, range))} />
      <FindingBanner detail={detail} />
      {tab === "overview" && <OverviewTab network={network} detail={detail} />}
      {tab === "operations" && <OperationsTab network={network} detail={detail} />}
      {tab === "probes" && <ProbesTab network={network} nodeKey={detail.node.key} />}
      {tab === "events" && <EventsTab network={network} nodeKey={detail.node.key} />}
      {tab === "raw" && <RawPanel detail={detail} />}
    </>
  );
}

function toTab(name: NodeTab, current: NodeTab, range: { from: string; to: string }): Tab {
  const search = new URLSearchParams({ ...(name !== "overview" && { tab: name }), ...range });
  return { href: `?${search}`, label: tabLabels[name], isCurrent: name === current };
}
