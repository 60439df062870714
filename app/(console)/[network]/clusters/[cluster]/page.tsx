import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { clusterIdSchema } from "../../../../../server/features/clusters/schema.ts";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { defaultFrom } from "../../../../../server/kernel/time-range.ts";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { shorten } from "../../../../_ui/format/shorten.ts";
import { ClusterEntry } from "./cluster-entry.tsx";
import { clusterNodesInput } from "./cluster-nodes-input.ts";

type ClusterPageProps = {
  params: Promise<{ network: string; cluster: string }>;
  searchParams: Promise<SearchParams>;
};

const loadRange = createLoader({
  from: parseAsString.withDefault(defaultFrom),
  to: parseAsString.withDefault("now"),
});

export async function generateMetadata({ params }: ClusterPageProps): Promise<Metadata> {
  const { network, cluster } = await params;
  return { title: `Cluster ${shorten(cluster)} · ${network}` };
}

export default async function ClusterPage({ params, searchParams }: ClusterPageProps) {
  const { network, cluster } = await params;
  if (!isNetworkName(network) || !clusterIdSchema.safeParse(cluster).success) notFound();
  const range = await loadRange(searchParams);
  await Promise.all([
    prefetch(trpc.clusters.get.queryOptions({ network, clusterId: cluster })),
    prefetch(trpc.clusters.history.queryOptions({ network, clusterId: cluster, ...range })),
    prefetch(trpc.nodes.list.queryOptions(clusterNodesInput(network, cluster))),
  ]);
  return (
    <HydrateClient>
      <ClusterEntry network={network} clusterId={cluster} />
    </HydrateClient>
  );
}
