import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { dashboardUidSchema } from "../../../../../server/features/dashboards/schema.ts";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../../_client/prefetch.tsx";
import { DashboardEntry } from "./dashboard-entry.tsx";

type DashboardPageProps = { params: Promise<{ network: string; uid: string }> };

export async function generateMetadata({ params }: DashboardPageProps): Promise<Metadata> {
  return { title: `Dashboards · ${(await params).network}` };
}

export default async function DashboardPage({ params }: DashboardPageProps) {
  const { network, uid } = await params;
  if (!isNetworkName(network) || !dashboardUidSchema.safeParse(uid).success) notFound();
  await Promise.all([
    prefetch(trpc.dashboards.list.queryOptions({ network })),
    prefetch(trpc.dashboards.get.queryOptions({ network, uid })),
  ]);
  return (
    <HydrateClient>
      <DashboardEntry network={network} uid={uid} />
    </HydrateClient>
  );
}
