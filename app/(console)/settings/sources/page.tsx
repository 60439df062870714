import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { SourcesEntry } from "./sources-entry.tsx";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage() {
  await Promise.all([
    prefetch(trpc.settings.sources.queryOptions()),
    prefetch(trpc.settings.bindings.queryOptions()),
    prefetch(trpc.settings.alertSources.queryOptions()),
    prefetch(trpc.settings.monitoring.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <SourcesEntry />
    </HydrateClient>
  );
}
