import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { AccountView } from "./account-view.tsx";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  await Promise.all([
    prefetch(trpc.identity.me.queryOptions()),
    prefetch(trpc.identity.listOwnSessions.queryOptions({})),
  ]);
  return (
    <HydrateClient>
      <AccountView />
    </HydrateClient>
  );
}
