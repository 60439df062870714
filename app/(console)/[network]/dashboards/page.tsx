import { notFound, redirect } from "next/navigation";
import { isNetworkName } from "../../../../server/kernel/networks.ts";

type DashboardsPageProps = { params: Promise<{ network: string }> };

/** There is always one open. */
export default async function DashboardsPage({ params }: DashboardsPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  redirect(`/${network}/dashboards/cere-nodes`);
}
