import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { loadEnvironment } from "../parts/place-params.ts";
import { readAgentId } from "../read-agent-id.ts";
import { ConfigEntry } from "./config-entry.tsx";

type ConfigPageProps = { params: Promise<{ agentId: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Config" };

export default async function ConfigPage({ params, searchParams }: ConfigPageProps) {
  const agentId = await readAgentId(params);
  const { env: environment } = await loadEnvironment(searchParams);
  await prefetch(trpc.agentConfig.get.queryOptions({ agentId, environment }));
  return (
    <HydrateClient>
      <ConfigEntry agentId={agentId} />
    </HydrateClient>
  );
}
