import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { isNetworkName } from "../../../../server/kernel/networks.ts";
import { HydrateClient, prefetchInfinite, trpc } from "../../../_client/prefetch.tsx";
import { BucketsEntry } from "./buckets-entry.tsx";
import { loadBuckets, toBucketsInput } from "./search-params.ts";

type DataPageProps = { params: Promise<{ network: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: DataPageProps): Promise<Metadata> {
  return { title: `Buckets · ${(await params).network}` };
}

export default async function DataPage({ params, searchParams }: DataPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  const input = toBucketsInput(network, await loadBuckets(searchParams));
  await prefetchInfinite(
    trpc.inventory.buckets.infiniteQueryOptions(input, { getNextPageParam: (page) => page.next }),
  );
  return (
    <HydrateClient>
      <BucketsEntry network={network} />
    </HydrateClient>
  );
}
