import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { LineageEntry } from "./lineage-entry.tsx";
import { loadLineage, toGraphInput } from "./search-params.ts";

type LineagePageProps = { params: Promise<{ network: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: LineagePageProps): Promise<Metadata> {
  return { title: `Lineage · ${(await params).network}` };
}

export default async function LineagePage({ params, searchParams }: LineagePageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  const asked = await loadLineage(searchParams);
  if (asked.root === "") await prefetch(trpc.lineage.find.queryOptions({ network, text: asked.q }));
  else await prefetch(trpc.lineage.graph.queryOptions(toGraphInput(network, asked)));
  return (
    <HydrateClient>
      <LineageEntry network={network} />
    </HydrateClient>
  );
}
