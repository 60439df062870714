import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { nodeKeySchema } from "../../../../../server/features/nodes/schema.ts";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { shorten } from "../../../../_ui/format/shorten.ts";
import { NodeEntry } from "./node-entry.tsx";
import { loadNodeParams, seriesKindsOf } from "./search-params.ts";

type NodePageProps = {
  params: Promise<{ network: string; key: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: NodePageProps): Promise<Metadata> {
  const { network, key } = await params;
  return { title: `Node ${shorten(key)} · ${network}` };
}

export default async function NodePage({ params, searchParams }: NodePageProps) {
  const { network, key } = await params;
  if (!isNetworkName(network) || !nodeKeySchema.safeParse(key).success) notFound();
  const { tab, ...range } = await loadNodeParams(searchParams);
  const node = { network, key };
  const hasCharts = tab === "overview" || tab === "operations";
  await Promise.all([
    prefetch(trpc.nodes.get.queryOptions(node)),
    tab === "dashboard" && prefetch(trpc.dashboards.list.queryOptions({ network })),
    tab === "dashboard" && prefetch(trpc.dashboards.get.queryOptions({ network, uid: "cere-node" })),
    hasCharts && prefetch(trpc.nodes.series.queryOptions({ ...node, ...range, kinds: seriesKindsOf(tab) })),
  ]);
  return (
    <HydrateClient>
      <NodeEntry network={network} nodeKey={key} />
    </HydrateClient>
  );
}
