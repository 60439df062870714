import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { isNetworkName } from "../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { NodesEntry } from "./nodes-entry.tsx";
import { loadNodeList, toListInput } from "./search-params.ts";

type NodesPageProps = { params: Promise<{ network: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: NodesPageProps): Promise<Metadata> {
  return { title: `Nodes · ${(await params).network}` };
}

export default async function NodesPage({ params, searchParams }: NodesPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  const input = toListInput(network, await loadNodeList(searchParams));
  await prefetch(trpc.nodes.list.queryOptions(input));
  return (
    <HydrateClient>
      <NodesEntry network={network} />
    </HydrateClient>
  );
}
