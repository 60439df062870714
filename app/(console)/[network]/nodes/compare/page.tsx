import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { CompareEntry } from "./compare-entry.tsx";
import { comparedKeys, loadCompareParams } from "./search-params.ts";

type ComparePageProps = { params: Promise<{ network: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: ComparePageProps): Promise<Metadata> {
  return { title: `Compare nodes · ${(await params).network}` };
}

export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  const { keys, ...range } = await loadCompareParams(searchParams);
  const compared = comparedKeys(keys);
  if (compared) await prefetch(trpc.nodes.compare.queryOptions({ network, keys: compared, ...range }));
  return (
    <HydrateClient>
      <CompareEntry network={network} />
    </HydrateClient>
  );
}
