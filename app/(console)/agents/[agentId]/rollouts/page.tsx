import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { loadEnvironment } from "../parts/place-params.ts";
import { readAgentId } from "../read-agent-id.ts";
import { RolloutsEntry } from "./rollouts-entry.tsx";

type RolloutsPageProps = { params: Promise<{ agentId: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Rollouts" };

export default async function RolloutsPage({ params, searchParams }: RolloutsPageProps) {
  const agentId = await readAgentId(params);
  const { env: environment } = await loadEnvironment(searchParams);
  await prefetch(trpc.deployments.get.queryOptions({ agentId, environment }));
  return (
    <HydrateClient>
      <RolloutsEntry agentId={agentId} />
    </HydrateClient>
  );
}
