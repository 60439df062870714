import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { ConfigurationEntry } from "./configuration-entry.tsx";

export const metadata: Metadata = { title: "Configuration" };

export default async function ConfigurationPage() {
  await prefetch(trpc.settings.configuration.queryOptions());
  return (
    <HydrateClient>
      <ConfigurationEntry />
    </HydrateClient>
  );
}
