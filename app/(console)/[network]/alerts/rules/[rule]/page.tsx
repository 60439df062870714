import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isNetworkName } from "../../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../../../_client/prefetch.tsx";
import { RuleEntry } from "./rule-entry.tsx";

type RulePageProps = { params: Promise<{ network: string; rule: string }> };

export async function generateMetadata({ params }: RulePageProps): Promise<Metadata> {
  return { title: `Rule · ${(await params).network}` };
}

export default async function RulePage({ params }: RulePageProps) {
  const { network, rule } = await params;
  if (!isNetworkName(network)) notFound();
  await prefetch(trpc.alerts.rules.queryOptions({ network }));
  return (
    <HydrateClient>
      <RuleEntry network={network} id={rule} />
    </HydrateClient>
  );
}
