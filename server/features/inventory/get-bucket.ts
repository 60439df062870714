import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { BucketDetail, BucketInput } from "./schema.ts";
import { bitsOf, cidTextOf, findBucket, findCountedAt } from "./store.ts";

const mostNames = 200;

/** One bucket: what the chain says of it, and how its objects are known. */
export async function getBucket(ctx: Ctx, input: BucketInput): Promise<BucketDetail> {
  const network = networkByName(input.network).id;
  const [bucket, ways, names, countedAt] = await Promise.all([
    findBucket(ctx.db, { network, bucket: input.bucket }),
    readWays(ctx, network, input.bucket),
    listNames(ctx, network, input.bucket),
    findCountedAt(ctx.db),
  ]);
  if (!bucket) throw notFound("bucket", input.bucket);
  return { at: ctx.clock.now().toISOString(), bucket, ways, names, countedAt };
}

async function readWays({ db }: Ctx, network: number, bucket: string): Promise<BucketDetail["ways"]> {
  const [row] = await db.sql<{ both: string; named: string; used: string }>(
    `SELECT named_objects - named_only AS both, named_only AS named, used_objects - named_objects + named_only AS used
     FROM ddc_bucket_use WHERE network = $1 AND bucket = $2`,
    [network, bitsOf(bucket)],
  );
  return { namedAndUsed: row?.both ?? "0", namedOnly: row?.named ?? "0", usedOnly: row?.used ?? "0" };
}

type NameRow = { name: string; cid: Buffer; ttl_seconds: number | null; since: Date; seen_at: Date };

async function listNames({ db }: Ctx, network: number, bucket: string): Promise<BucketDetail["names"]> {
  const rows = await db.sql<NameRow>(
    `SELECT name, cid, ttl_seconds, since, seen_at FROM ddc_cns_name
     WHERE network = $1 AND bucket = $2 ORDER BY name LIMIT ${mostNames}`,
    [network, bitsOf(bucket)],
  );
  return rows.map((row) => ({
    name: row.name,
    cid: cidTextOf(row.cid),
    ttlSeconds: row.ttl_seconds,
    since: row.since.toISOString(),
    seenAt: row.seen_at.toISOString(),
  }));
}
