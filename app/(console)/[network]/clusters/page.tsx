import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isNetworkName } from "../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { ClustersEntry } from "./clusters-entry.tsx";

type ClustersPageProps = { params: Promise<{ network: string }> };

export async function generateMetadata({ params }: ClustersPageProps): Promise<Metadata> {
  return { title: `Clusters · ${(await params).network}` };
}

export default async function ClustersPage({ params }: ClustersPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  await prefetch(trpc.clusters.list.queryOptions({ network }));
  return (
    <HydrateClient>
      <ClustersEntry network={network} />
    </HydrateClient>
  );
}
