import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { clusterIdSchema } from "../../../../../server/features/clusters/schema.ts";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { shorten } from "../../../../_ui/format/shorten.ts";
import { ClusterEntry } from "./cluster-entry.tsx";
import { clusterNodesInput } from "./cluster-nodes-input.ts";
import { loadClusterParams } from "./search-params.ts";

type ClusterPageProps = {
  params: Promise<{ network: string; cluster: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: ClusterPageProps): Promise<Metadata> {
  const { network, cluster } = await params;
  return { title: `Cluster ${shorten(cluster)} · ${network}` };
}

export default async function ClusterPage({ params, searchParams }: ClusterPageProps) {
  const { network, cluster } = await params;
  if (!isNetworkName(network) || !clusterIdSchema.safeParse(cluster).success) notFound();
  const { tab, ...range } = await loadClusterParams(searchParams);
  const isOverview = tab === "overview";
  await Promise.all([
    prefetch(trpc.clusters.get.queryOptions({ network, clusterId: cluster })),
    isOverview && prefetch(trpc.clusters.history.queryOptions({ network, clusterId: cluster, ...range })),
    isOverview && prefetch(trpc.nodes.list.queryOptions(clusterNodesInput(network, cluster))),
    !isOverview && prefetch(trpc.dashboards.list.queryOptions({ network })),
    !isOverview && prefetch(trpc.dashboards.get.queryOptions({ network, uid: "cere-clusters" })),
  ]);
  return (
    <HydrateClient>
      <ClusterEntry network={network} clusterId={cluster} />
    </HydrateClient>
  );
}
