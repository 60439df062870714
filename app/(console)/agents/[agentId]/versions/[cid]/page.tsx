import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { versionCidSchema } from "../../../../../../server/features/agents/schema.ts";
import { HydrateClient, prefetch, trpc } from "../../../../../_client/prefetch.tsx";
import { readAgentId } from "../../read-agent-id.ts";
import { VersionEntry } from "./version-entry.tsx";

type VersionPageProps = { params: Promise<{ agentId: string; cid: string }> };

export const metadata: Metadata = { title: "Version" };

export default async function VersionPage({ params }: VersionPageProps) {
  const agentId = await readAgentId(params);
  const { cid } = await params;
  if (!versionCidSchema.safeParse(cid).success) notFound();
  await Promise.all([
    prefetch(trpc.agents.version.queryOptions({ agentId, cid })),
    prefetch(trpc.agents.diff.queryOptions({ agentId, cid })),
  ]);
  return (
    <HydrateClient>
      <VersionEntry agentId={agentId} cid={cid} />
    </HydrateClient>
  );
}
