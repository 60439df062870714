import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { isNetworkName } from "../../../server/kernel/networks.ts";
import { defaultFrom } from "../../../server/kernel/time-range.ts";
import { HydrateClient, prefetch, trpc } from "../../_client/prefetch.tsx";
import { OverviewEntry } from "./overview-entry.tsx";

type OverviewPageProps = { params: Promise<{ network: string }>; searchParams: Promise<SearchParams> };

const loadRange = createLoader({
  from: parseAsString.withDefault(defaultFrom),
  to: parseAsString.withDefault("now"),
});

export async function generateMetadata({ params }: OverviewPageProps): Promise<Metadata> {
  return { title: `Overview · ${(await params).network}` };
}

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  const range = await loadRange(searchParams);
  await Promise.all([
    prefetch(trpc.overview.get.queryOptions({ network })),
    prefetch(trpc.overview.series.queryOptions({ network, ...range })),
  ]);
  return (
    <HydrateClient>
      <OverviewEntry network={network} />
    </HydrateClient>
  );
}
