import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { loadThresholdParams } from "./search-params.ts";
import { ThresholdsEntry } from "./thresholds-entry.tsx";

export const metadata: Metadata = { title: "Thresholds" };

export default async function ThresholdsPage({ searchParams }: PageProps<"/settings/thresholds">) {
  const { network } = await loadThresholdParams(searchParams);
  await prefetch(trpc.nodes.limits.queryOptions({ network }));
  return (
    <HydrateClient>
      <ThresholdsEntry />
    </HydrateClient>
  );
}
