import type { Database } from "../../ports/database.ts";

export type SampledPiece = { bucket: string; cid: Uint8Array };

/**
 * A piece of a public bucket that this node itself served or took in of late, by its own activity: what it should have.
 * Null when it reported none. `turn` picks one of the newest few hundred, another one each time.
 */
export async function samplePiece(
  db: Pick<Database, "sql">,
  { network, node, turn, at }: { network: number; node: number; turn: number; at: Date },
): Promise<SampledPiece | null> {
  const rows = await db.sql<SampledPiece>(
    `WITH recent AS (
       SELECT bucket, cid FROM activity
       WHERE at > $4::timestamptz - interval '30 minutes' AND at <= $4 AND network = $1 AND node = $2
         AND status = 0 AND operation IN (0, 1) AND content_type = 0 AND cid IS NOT NULL
       ORDER BY at DESC LIMIT 400
     ), pieces AS (
       SELECT DISTINCT r.bucket, r.cid FROM recent r
       JOIN ddc_bucket b ON b.network = $1 AND b.bucket = r.bucket AND b.is_public AND NOT b.is_removed
     )
     SELECT bucket::text, cid FROM pieces
     ORDER BY hashtextextended(encode(cid, 'hex'), $3) LIMIT 1`,
    [network, node, turn, at],
  );
  return rows[0] ?? null;
}
