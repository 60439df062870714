import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { loadEnvironment } from "../parts/place-params.ts";
import { readAgentId } from "../read-agent-id.ts";
import { DeploymentsEntry } from "./deployments-entry.tsx";

type DeploymentsPageProps = { params: Promise<{ agentId: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Deployments" };

export default async function DeploymentsPage({ params, searchParams }: DeploymentsPageProps) {
  const agentId = await readAgentId(params);
  const { env: environment } = await loadEnvironment(searchParams);
  await prefetch(trpc.deployments.get.queryOptions({ agentId, environment }));
  return (
    <HydrateClient>
      <DeploymentsEntry agentId={agentId} />
    </HydrateClient>
  );
}
