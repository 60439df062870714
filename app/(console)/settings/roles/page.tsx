import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { RolesEntry } from "./roles-entry.tsx";

export const metadata: Metadata = { title: "Roles" };

export default async function RolesPage() {
  await prefetch(trpc.permissions.list.queryOptions());
  return (
    <HydrateClient>
      <RolesEntry />
    </HydrateClient>
  );
}
