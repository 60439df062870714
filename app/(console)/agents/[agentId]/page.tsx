import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { OverviewEntry } from "./overview-entry.tsx";
import { newestVersions } from "./parts/versions-input.ts";
import { readAgentId } from "./read-agent-id.ts";

type AgentPageProps = { params: Promise<{ agentId: string }> };

export default async function AgentPage({ params }: AgentPageProps) {
  const agentId = await readAgentId(params);
  await prefetch(trpc.agents.versions.queryOptions(newestVersions(agentId)));
  return (
    <HydrateClient>
      <OverviewEntry agentId={agentId} />
    </HydrateClient>
  );
}
