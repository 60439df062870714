import type { Network } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { ChainIndex, RegisteredBucket } from "../../ports/chain-index.ts";
import type { Database } from "../../ports/database.ts";

const pageRows = 2_000;
const largestU64 = 2n ** 64n - 1n;

/**
 * Goes once through all buckets of a network and stores what differs, a page a statement, so memory stays flat however
 * many there are. The squid deletes no bucket: a removed one carries a flag. Returns how many rows changed.
 */
export async function projectBuckets(
  around: { db: Database; chainIndex: ChainIndex },
  { network, at }: { network: Network; at: Date },
  signal: AbortSignal,
): Promise<number> {
  let afterId = "";
  let changed = 0;
  while (true) {
    const page = await around.chainIndex.listBuckets(network.name, { afterId, limit: pageRows }, signal);
    signal.throwIfAborted();
    changed += await storePage(around.db, network, { buckets: page.filter(isBucket), at });
    const last = page.at(-1);
    if (!last || page.length < pageRows) return changed;
    afterId = last.bucketId;
  }
}

function isBucket({ bucketId }: RegisteredBucket): boolean {
  return /^(0|[1-9]\d{0,19})$/.test(bucketId) && BigInt(bucketId) <= largestU64;
}

/** What the indexer once said about a creation is kept: its updates forget it. */
const statement = `
  WITH given AS (
    SELECT u64_bits(g.id::numeric) AS bucket, g.owner, c.id AS cluster, g.public, g.removed, g.height, g.created
    FROM jsonb_to_recordset($2::jsonb)
      AS g(id text, owner text, cluster text, public boolean, removed boolean, height integer, created timestamptz)
    LEFT JOIN ddc_cluster c ON c.network = $1 AND c.cluster_id = g.cluster
  ), stored AS (
    INSERT INTO ddc_bucket AS b
      (network, bucket, owner, cluster, is_public, is_removed, created_at_height, created_at, seen_at)
    SELECT $1, bucket, owner, cluster, public, removed, height, created, $3 FROM given ORDER BY bucket
    ON CONFLICT (network, bucket) DO UPDATE
    SET owner = excluded.owner, cluster = excluded.cluster, is_public = excluded.is_public,
        is_removed = excluded.is_removed,
        created_at_height = coalesce(b.created_at_height, excluded.created_at_height),
        created_at = coalesce(b.created_at, excluded.created_at)
    WHERE (b.owner, b.cluster, b.is_public, b.is_removed)
        IS DISTINCT FROM (excluded.owner, excluded.cluster, excluded.is_public, excluded.is_removed)
      OR (b.created_at_height IS NULL AND excluded.created_at_height IS NOT NULL)
    RETURNING 1
  ), total AS (SELECT count(*)::integer AS rows FROM stored)
  SELECT rows, CASE WHEN rows > 0 THEN pg_notify('${noticeChannel}', $4) END FROM total`;

async function storePage(
  db: Database,
  network: Network,
  { buckets, at }: { buckets: readonly RegisteredBucket[]; at: Date },
): Promise<number> {
  const json = JSON.stringify(
    buckets.map((bucket) => ({
      id: bucket.bucketId,
      owner: bucket.ownerId,
      cluster: bucket.clusterId,
      public: bucket.isPublic,
      removed: bucket.isRemoved,
      height: bucket.createdAtHeight,
      created: bucket.createdAt,
    })),
  );
  const notice = encodeNotice({
    topic: "registry",
    network: network.id,
    ids: ["buckets"],
    at: at.getTime(),
  });
  const [row] = await db.sql<{ rows: number }>(statement, [network.id, json, at, notice]);
  return row?.rows ?? 0;
}
