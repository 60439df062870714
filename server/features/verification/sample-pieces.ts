import type { Database } from "../../ports/database.ts";
import { scopes } from "../nodes/list-rollups.ts";

export type SampledPiece = { bucket: string; cid: Uint8Array };

type Sample = { network: number; node: number; turn: number; at: Date };

const lookBackMs = 30 * 60_000;
/** What a node served in a second may be private, or pieces without a CID: then another second is looked at. */
const mostSeconds = 8;
/** Of a second in which far more was read than a sample needs. */
const mostRecords = 50_000;

/**
 * A piece of a public bucket that this node itself served or took in within half an hour, by its own activity: what it
 * should have. Null when it reported none. `turn` picks the second that is looked at and the piece, others each turn.
 */
export async function samplePiece(db: Pick<Database, "sql">, sample: Sample): Promise<SampledPiece | null> {
  for (const second of await busySeconds(db, sample)) {
    const piece = await pieceOf(db, sample, second);
    if (piece) return piece;
  }
  return null;
}

/** The rollups know when a quiet node was busy; its records would have to be searched for among those of all others. */
async function busySeconds(
  db: Pick<Database, "sql">,
  { network, node, turn, at }: Sample,
): Promise<readonly Date[]> {
  const rows = await db.sql<{ at: Date }>(
    `SELECT at FROM rollup_1s
     WHERE scope = ${scopes.node} AND network = $1 AND subject = $2 AND at > $3 AND at <= $4 AND requests > failures
     ORDER BY hashint8extended(extract(epoch FROM at)::bigint, $5) LIMIT ${mostSeconds}`,
    [network, node, new Date(at.getTime() - lookBackMs), at, turn],
  );
  return rows.map((row) => row.at);
}

async function pieceOf(
  db: Pick<Database, "sql">,
  { network, node, turn }: Sample,
  second: Date,
): Promise<SampledPiece | null> {
  const [piece] = await db.sql<SampledPiece>(
    `WITH records AS (
       SELECT bucket, cid FROM activity
       WHERE at >= $4 AND at < $5 AND network = $1 AND node = $2 AND status = 0 AND operation IN (0, 1)
         AND content_type = 0 AND cid IS NOT NULL LIMIT ${mostRecords}
     )
     SELECT DISTINCT r.bucket::text AS bucket, r.cid, hashtextextended(encode(r.cid, 'hex'), $3) AS place
     FROM records r JOIN ddc_bucket b ON b.network = $1 AND b.bucket = r.bucket AND b.is_public AND NOT b.is_removed
     ORDER BY place LIMIT 1`,
    [network, node, turn, second, new Date(second.getTime() + 1_000)],
  );
  return piece ? { bucket: piece.bucket, cid: piece.cid } : null;
}
