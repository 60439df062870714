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
  // Charts are below the fold and follow when they are ready.
  if (tab === "overview" || tab === "operations")
    void prefetch(trpc.nodes.series.queryOptions({ ...node, ...range, kinds: seriesKindsOf(tab) }));
  await prefetch(trpc.nodes.get.queryOptions(node));
  return (
    <HydrateClient>
      <NodeEntry network={network} nodeKey={key} />
    </HydrateClient>
  );
}
