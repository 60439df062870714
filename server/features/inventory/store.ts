import { cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import type { Database } from "../../ports/database.ts";
import { clusterName } from "../clusters/rules.ts";
import { knownWaysOf } from "./list-rules.ts";
import type { BucketRow, ObjectRow } from "./schema.ts";

type Db = Pick<Database, "sql">;

/** Registered buckets (b) and those that activity names (u). `$1` = network. */
export const joinedBuckets = `(SELECT * FROM ddc_bucket WHERE network = $1) AS b
  FULL JOIN (SELECT * FROM ddc_bucket_use WHERE network = $1) AS u ON u.bucket = b.bucket`;

/** All that is known of one bucket; `bits` is SQL for its 64 bits. `$1` = network. */
export function knownBucket(bits: string): string {
  return `SELECT ${bits} AS bits, u64(${bits}) AS bucket, b.owner, b.cluster,
      CASE WHEN b.bucket IS NULL THEN 'unregistered' WHEN b.is_public THEN 'public' ELSE 'private' END AS visibility,
      coalesce(b.is_removed, false) AS is_removed, b.created_at, b.created_at_height, coalesce(u.known, 0) AS known,
      coalesce(u.objects, 0) AS objects, coalesce(u.requests, 0) AS requests, coalesce(u.read_bytes, 0) AS read_bytes,
      coalesce(u.written_bytes, 0) AS written_bytes, u.first_seen, u.last_seen, coalesce(u.requests_24h, 0) AS requests_24h,
      coalesce(u.reads_24h, 0) AS reads_24h, coalesce(u.writes_24h, 0) AS writes_24h,
      coalesce(u.failures_24h, 0) AS failures_24h, coalesce(u.read_bytes_24h, 0) AS read_bytes_24h,
      coalesce(u.written_bytes_24h, 0) AS written_bytes_24h, coalesce(u.hours, '{}') AS hours
    FROM (SELECT * FROM ddc_bucket WHERE network = $1 AND bucket = ${bits}) AS b
    FULL JOIN (SELECT * FROM ddc_bucket_use WHERE network = $1 AND bucket = ${bits}) AS u ON u.bucket = b.bucket`;
}

export type KnownBucket = {
  bits: string;
  bucket: string;
  owner: string | null;
  cluster_id: string | null;
  visibility: BucketRow["visibility"];
  is_removed: boolean;
  created_at: Date | null;
  created_at_height: number | null;
  known: number;
  objects: string;
  requests: string;
  read_bytes: string;
  written_bytes: string;
  first_seen: Date | null;
  last_seen: Date | null;
  requests_24h: string;
  reads_24h: string;
  writes_24h: string;
  failures_24h: string;
  read_bytes_24h: string;
  written_bytes_24h: string;
  hours: string[];
};

export function toBucketRow(row: KnownBucket): BucketRow {
  return {
    bucket: row.bucket,
    owner: row.owner,
    clusterId: row.cluster_id,
    clusterName: row.cluster_id === null ? null : clusterName(row.cluster_id),
    visibility: row.visibility,
    isRemoved: row.is_removed,
    createdAt: row.created_at?.toISOString() ?? null,
    createdAtHeight: row.created_at_height,
    known: knownWaysOf(row.known),
    objects: row.objects,
    requests: row.requests,
    readBytes: row.read_bytes,
    writtenBytes: row.written_bytes,
    firstSeen: row.first_seen?.toISOString() ?? null,
    lastSeen: row.last_seen?.toISOString() ?? null,
    requests24h: row.requests_24h,
    reads24h: row.reads_24h,
    writes24h: row.writes_24h,
    failures24h: row.failures_24h,
    readBytes24h: row.read_bytes_24h,
    writtenBytes24h: row.written_bytes_24h,
    hours: row.hours.map(Number),
  };
}

/** One bucket by its number; null when neither the chain nor activity names it. */
export async function findBucket(
  { sql }: Db,
  { network, bucket }: { network: number; bucket: string },
): Promise<BucketRow | null> {
  const [row] = await sql<KnownBucket>(
    `SELECT one.*, c.cluster_id FROM (${knownBucket("$2::bigint")}) AS one
     LEFT JOIN ddc_cluster AS c ON c.id = one.cluster`,
    [network, bitsOf(bucket)],
  );
  return row ? toBucketRow(row) : null;
}

/** The 64 bits of an unsigned number as the signed one that PostgreSQL keeps. */
export function bitsOf(bucket: string): string {
  return BigInt.asIntN(64, BigInt(bucket)).toString();
}

export async function findCountedAt({ sql }: Db): Promise<string | null> {
  const [row] = await sql<{ at: Date }>("SELECT updated_at AS at FROM inventory_cursor");
  return row?.at.toISOString() ?? null;
}

export const pieceColumns = `u64(bucket) AS bucket, cid, known, first_seen, last_seen, last_read, reads, writes, not_found,
  aborted, failures, read_bytes, size_bytes`;

export type PieceRow = {
  bucket: string;
  cid: Buffer;
  known: number;
  first_seen: Date;
  last_seen: Date;
  last_read: Date | null;
  reads: string;
  writes: string;
  not_found: string;
  aborted: string;
  failures: string;
  read_bytes: string;
  size_bytes: string | null;
};

export function toObjectRow(row: PieceRow): ObjectRow {
  const cid = cidFromBytes(row.cid);
  if (!isCid(cid)) throw new Error(`A stored piece has no CID: ${cid.reason}.`);
  return {
    cid: cid.text,
    kind: cid.kind,
    bucket: row.bucket,
    known: knownWaysOf(row.known),
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    lastRead: row.last_read?.toISOString() ?? null,
    reads: row.reads,
    writes: row.writes,
    notFound: row.not_found,
    aborted: row.aborted,
    failures: row.failures,
    readBytes: row.read_bytes,
    sizeBytes: row.size_bytes,
  };
}

export function cidTextOf(bytes: Buffer): string {
  const cid = cidFromBytes(bytes);
  if (!isCid(cid)) throw new Error(`Stored bytes are no CID: ${cid.reason}.`);
  return cid.text;
}
