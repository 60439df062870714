import type { Database } from "../../ports/database.ts";

export type SampledPiece = { bucket: string; cid: Uint8Array };

type Sample = { network: number; node: number; turn: number; at: Date };

const lookBackMs = 30 * 60_000;
/** A busy node is found in a second of records; a quiet one needs more of them. */
const spansMs = [1_000, 8_000, 64_000, 512_000, lookBackMs];
/** Where so many records name a node not once, more of them would cost much and bring nothing. */
const mostRecords = 50_000;

/**
 * A piece of a public bucket that this node itself served or took in within half an hour, by its own activity: what it
 * should have. Null when it reported none. `turn` picks the time that is looked at and the piece, another each turn.
 */
export async function samplePiece(db: Pick<Database, "sql">, sample: Sample): Promise<SampledPiece | null> {
  for (const spanMs of spansMs) {
    const { piece, records } = await pieceWithin(db, sample, spanMs);
    if (piece || records >= mostRecords) return piece;
  }
  return null;
}

async function pieceWithin(
  db: Pick<Database, "sql">,
  { network, node, turn, at }: Sample,
  spanMs: number,
): Promise<{ piece: SampledPiece | null; records: number }> {
  // A prime number of seconds: turns come by at all of them.
  const to = new Date(at.getTime() - ((turn * 7_919_000) % (lookBackMs - spanMs + 1)));
  const [found] = await db.sql<{ records: number; bucket: string | null; cid: Uint8Array | null }>(
    `WITH records AS MATERIALIZED (
       SELECT network, node, bucket, cid, status, operation, content_type FROM activity
       WHERE at > $4::timestamptz - make_interval(secs => $5) AND at <= $4 LIMIT ${mostRecords}
     ), pieces AS (
       SELECT DISTINCT r.bucket, r.cid FROM records r
       JOIN ddc_bucket b ON b.network = $1 AND b.bucket = r.bucket AND b.is_public AND NOT b.is_removed
       WHERE r.network = $1 AND r.node = $2 AND r.status = 0 AND r.operation IN (0, 1) AND r.content_type = 0
         AND r.cid IS NOT NULL
     ), picked AS (
       SELECT bucket::text, cid FROM pieces ORDER BY hashtextextended(encode(cid, 'hex'), $3) LIMIT 1
     )
     SELECT (SELECT count(*)::integer FROM records) AS records, p.bucket, p.cid
     FROM (SELECT 1) AS one LEFT JOIN picked p ON true`,
    [network, node, turn, to, spanMs / 1_000],
  );
  const { records = 0, bucket = null, cid = null } = found ?? {};
  return { piece: bucket !== null && cid !== null ? { bucket, cid } : null, records };
}
