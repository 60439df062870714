import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, prefetchInfinite, trpc } from "../../_client/prefetch.tsx";
import { AgentsEntry } from "./agents-entry.tsx";
import { loadAgentsParams, toAgentsInput } from "./search-params.ts";

export const metadata: Metadata = { title: "Agents" };

export default async function AgentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = toAgentsInput(await loadAgentsParams(searchParams));
  await Promise.all([
    prefetch(trpc.agents.totals.queryOptions()),
    prefetchInfinite(trpc.agents.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.next })),
  ]);
  return (
    <HydrateClient>
      <AgentsEntry />
    </HydrateClient>
  );
}
