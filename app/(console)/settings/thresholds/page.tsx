import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { loadThresholdParams } from "./search-params.ts";
import { ThresholdsEntry } from "./thresholds-entry.tsx";

export const metadata: Metadata = { title: "Thresholds" };

type ThresholdsPageProps = { searchParams: Promise<SearchParams> };

export default async function ThresholdsPage({ searchParams }: ThresholdsPageProps) {
  const { network } = await loadThresholdParams(searchParams);
  await prefetch(trpc.nodes.limits.queryOptions({ network }));
  return (
    <HydrateClient>
      <ThresholdsEntry />
    </HydrateClient>
  );
}
