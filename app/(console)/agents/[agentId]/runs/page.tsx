import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { readAgentId } from "../read-agent-id.ts";
import { RunsEntry } from "./runs-entry.tsx";

type RunsPageProps = { params: Promise<{ agentId: string }> };

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({ params }: RunsPageProps) {
  const agentId = await readAgentId(params);
  await prefetch(trpc.runs.instances.queryOptions({ agentId }));
  return (
    <HydrateClient>
      <RunsEntry agentId={agentId} />
    </HydrateClient>
  );
}
