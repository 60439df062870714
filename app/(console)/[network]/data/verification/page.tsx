import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isNetworkName } from "../../../../../server/kernel/networks.ts";
import { VerificationEntry } from "./verification-entry.tsx";

type VerificationPageProps = { params: Promise<{ network: string }> };

export async function generateMetadata({ params }: VerificationPageProps): Promise<Metadata> {
  return { title: `Verification · ${(await params).network}` };
}

export default async function VerificationPage({ params }: VerificationPageProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  return <VerificationEntry network={network} />;
}
