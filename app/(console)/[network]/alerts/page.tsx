import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { isNetworkName } from "../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { AlertsEntry } from "./alerts-entry.tsx";
import { loadAlertsParams } from "./search-params.ts";

type AlertsPageProps = { params: Promise<{ network: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: AlertsPageProps): Promise<Metadata> {
  return { title: `Alerts · ${(await params).network}` };
}

export default async function AlertsPage({ params, searchParams }: AlertsPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  const { tab } = await loadAlertsParams(searchParams);
  await Promise.all([
    prefetch(trpc.alerts.counts.queryOptions({ network })),
    tab === "rules" && prefetch(trpc.alerts.rules.queryOptions({ network })),
  ]);
  return (
    <HydrateClient>
      <AlertsEntry network={network} />
    </HydrateClient>
  );
}
