import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { createLoader, type SearchParams } from "nuqs/server";
import { bucketIdSchema } from "../../../../../../server/features/inventory/schema.ts";
import { findCid } from "../../../../../../server/kernel/cid/parse-cid.ts";
import { isNetworkName } from "../../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, trpc } from "../../../../../_client/prefetch.tsx";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { CidEntry } from "./cid-entry.tsx";
import { cidParsers } from "./search-params.ts";

type CidPageProps = {
  params: Promise<{ network: string; cid: string }>;
  searchParams: Promise<SearchParams>;
};

const load = createLoader(cidParsers);

export async function generateMetadata({ params }: CidPageProps): Promise<Metadata> {
  const { network, cid } = await params;
  return { title: `${shorten(decodeURIComponent(cid), 11, 5)} · ${network}` };
}

/** What is no CID is no missing page: this is where people look at what is wrong with one. */
export default async function CidPage({ params, searchParams }: CidPageProps) {
  const { network, cid: raw } = await params;
  const { bucket } = await load(searchParams);
  if (!isNetworkName(network) || (bucket !== null && !bucketIdSchema.safeParse(bucket).success)) notFound();
  const text = decodeURIComponent(raw);
  const cid = findCid(text);
  if (cid)
    await Promise.all([
      prefetch(trpc.inventory.piece.queryOptions({ network, cid: cid.text, bucket })),
      prefetch(trpc.inventory.pieceNewest.queryOptions({ network, cid: cid.text, bucket })),
    ]);
  return (
    <HydrateClient>
      <CidEntry network={network} text={text} />
    </HydrateClient>
  );
}
