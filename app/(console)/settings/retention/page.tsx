import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { RetentionEntry } from "./retention-entry.tsx";

export const metadata: Metadata = { title: "Retention" };

export default async function RetentionPage() {
  await prefetch(trpc.settings.retention.queryOptions());
  return (
    <HydrateClient>
      <RetentionEntry />
    </HydrateClient>
  );
}
