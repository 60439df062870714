import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { AccessEntry } from "./access-entry.tsx";

type AccessPageProps = { params: Promise<{ network: string }> };

export async function generateMetadata({ params }: AccessPageProps): Promise<Metadata> {
  return { title: `Access audit · ${(await params).network}` };
}

export default async function AccessPage({ params }: AccessPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  return <AccessEntry network={network} />;
}
