import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { aliasOf } from "../agent-href.ts";
import { AgentFrame } from "./agent-frame.tsx";
import { readAgentId } from "./read-agent-id.ts";

type AgentLayoutProps = { params: Promise<{ agentId: string }>; children: ReactNode };

export async function generateMetadata({ params }: AgentLayoutProps): Promise<Metadata> {
  const alias = aliasOf(await readAgentId(params));
  return { title: { default: alias, template: `%s · ${alias}` } };
}

/** What stands above every view of an agent. */
export default async function AgentLayout({ params, children }: AgentLayoutProps) {
  const agentId = await readAgentId(params);
  await Promise.all([
    prefetch(trpc.agents.get.queryOptions({ id: agentId })),
    prefetch(trpc.deployments.places.queryOptions({ agentId })),
  ]);
  return (
    <HydrateClient>
      <AgentFrame agentId={agentId}>{children}</AgentFrame>
    </HydrateClient>
  );
}
