import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetchInfinite, trpc } from "../../../../_client/prefetch.tsx";
import { readAgentId } from "../read-agent-id.ts";
import { loadVersionsParams, toVersionsInput } from "./search-params.ts";
import { VersionsEntry } from "./versions-entry.tsx";

type VersionsPageProps = { params: Promise<{ agentId: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Versions" };

export default async function VersionsPage({ params, searchParams }: VersionsPageProps) {
  const agentId = await readAgentId(params);
  const input = toVersionsInput(agentId, await loadVersionsParams(searchParams));
  await prefetchInfinite(
    trpc.agents.versions.infiniteQueryOptions(input, { getNextPageParam: (page) => page.next }),
  );
  return (
    <HydrateClient>
      <VersionsEntry agentId={agentId} />
    </HydrateClient>
  );
}
