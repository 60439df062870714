import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetchInfinite, trpc } from "../../../_client/prefetch.tsx";
import { loadEnvironment } from "../[agentId]/parts/place-params.ts";
import { FreezesEntry } from "./freezes-entry.tsx";

export const metadata: Metadata = { title: "Freezes" };

export default async function FreezesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { env: environment } = await loadEnvironment(searchParams);
  await prefetchInfinite(
    trpc.rollouts.freezes.infiniteQueryOptions({ environment }, { getNextPageParam: (page) => page.next }),
  );
  return (
    <HydrateClient>
      <FreezesEntry />
    </HydrateClient>
  );
}
