import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { ChecksEntry } from "./checks-entry.tsx";

export const metadata: Metadata = { title: "Content checks" };

export default async function ChecksPage() {
  await Promise.all([
    prefetch(trpc.verification.policy.queryOptions()),
    prefetch(trpc.discovery.policy.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <ChecksEntry />
    </HydrateClient>
  );
}
