import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { AccountEntry } from "./account-entry.tsx";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  await Promise.all([
    prefetch(trpc.identity.me.queryOptions()),
    prefetch(trpc.identity.listOwnWays.queryOptions()),
    prefetch(trpc.identity.listOwnSessions.queryOptions({})),
  ]);
  return (
    <HydrateClient>
      <AccountEntry />
    </HydrateClient>
  );
}
