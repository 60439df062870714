import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { loadEnvironment } from "../parts/place-params.ts";
import { readAgentId } from "../read-agent-id.ts";
import { earlierInput } from "./parts/earlier-input.ts";
import { ReplayEntry } from "./replay-entry.tsx";

type ReplayPageProps = { params: Promise<{ agentId: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Replay" };

export default async function ReplayPage({ params, searchParams }: ReplayPageProps) {
  const agentId = await readAgentId(params);
  const { env: environment } = await loadEnvironment(searchParams);
  const place = { agentId, environment };
  await Promise.all([
    prefetch(trpc.replays.plan.queryOptions(place)),
    prefetch(trpc.replays.list.queryOptions(earlierInput(place))),
  ]);
  return (
    <HydrateClient>
      <ReplayEntry agentId={agentId} />
    </HydrateClient>
  );
}
