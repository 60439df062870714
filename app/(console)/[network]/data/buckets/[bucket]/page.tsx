import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { bucketIdSchema } from "../../../../../../server/features/inventory/schema.ts";
import { isNetworkName } from "../../../../../../server/kernel/networks.ts";
import { HydrateClient, prefetch, prefetchInfinite, trpc } from "../../../../../_client/prefetch.tsx";
import { BucketEntry } from "./bucket-entry.tsx";

type BucketPageProps = { params: Promise<{ network: string; bucket: string }> };

export async function generateMetadata({ params }: BucketPageProps): Promise<Metadata> {
  const { network, bucket } = await params;
  return { title: `Bucket ${bucket} · ${network}` };
}

export default async function BucketPage({ params }: BucketPageProps) {
  const { network, bucket } = await params;
  if (!isNetworkName(network) || !bucketIdSchema.safeParse(bucket).success) notFound();
  await Promise.all([
    prefetch(trpc.inventory.bucket.queryOptions({ network, bucket })),
    prefetch(trpc.inventory.bucketNewest.queryOptions({ network, bucket })),
    prefetchInfinite(
      trpc.inventory.objects.infiniteQueryOptions(
        { network, bucket, sort: "newest" },
        { getNextPageParam: (page) => page.next },
      ),
    ),
  ]);
  return (
    <HydrateClient>
      <BucketEntry network={network} bucket={bucket} />
    </HydrateClient>
  );
}
