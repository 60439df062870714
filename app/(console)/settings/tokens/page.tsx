import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { TokensEntry } from "./tokens-entry.tsx";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  await prefetch(trpc.tokens.listOwn.queryOptions({ limit: 200 }));
  return (
    <HydrateClient>
      <TokensEntry />
    </HydrateClient>
  );
}
