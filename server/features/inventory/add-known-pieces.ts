import type { RunSql } from "../../ports/database.ts";
import { knownBits } from "./list-rules.ts";

export type KnownPieces = {
  network: number;
  /** Signed, as the tables hold it. */
  bucket: string;
  way: "cns" | "dag";
  /** 36 bytes; the size as a link says it, null = nothing says one. */
  pieces: readonly { cid: Uint8Array; sizeBytes: bigint | null }[];
  at: Date;
};

/** Pieces of a bucket that a name or a link leads to, with the bucket's counts. Again is no change. */
export async function addKnownPieces(sql: RunSql, known: KnownPieces): Promise<void> {
  const rows = known.pieces.map(({ cid, sizeBytes }) => ({
    cid: Buffer.from(cid).toString("hex"),
    size: sizeBytes?.toString() ?? null,
  }));
  await sql(statement, [
    JSON.stringify(rows),
    String(known.network),
    known.bucket,
    String(knownBits[known.way]),
    known.at.toISOString(),
  ]);
}

/** Pieces in the order in which counting takes them too, so that two writers never wait for each other in a circle. */
const statement = `
  WITH given AS (
    SELECT decode(cid, 'hex') AS cid, max(size) AS size FROM json_to_recordset($1::json) AS row (cid text, size numeric)
    GROUP BY 1
  ), pieces AS (
    INSERT INTO ddc_piece AS kept (network, bucket, cid, known, first_seen, last_seen, size_bytes)
    SELECT $2::smallint, $3::bigint, cid, $4::smallint, $5::timestamptz, $5::timestamptz, size FROM given ORDER BY cid
    ON CONFLICT (network, cid, bucket) DO UPDATE SET
      known = kept.known | excluded.known, size_bytes = coalesce(kept.size_bytes, excluded.size_bytes)
      WHERE kept.known & excluded.known = 0
    RETURNING known, xmax = 0 AS is_new
  )
  INSERT INTO ddc_bucket_use AS kept (network, bucket, known, objects, named_objects, named_only)
  SELECT $2::smallint, $3::bigint, $4::smallint, count(*) FILTER (WHERE is_new),
         count(*) FILTER (WHERE known & 3 = $4::smallint), count(*) FILTER (WHERE known = $4::smallint)
  FROM pieces HAVING count(*) > 0
  ON CONFLICT (network, bucket) DO UPDATE SET
    known = kept.known | excluded.known,
    objects = kept.objects + excluded.objects,
    named_objects = kept.named_objects + excluded.named_objects,
    named_only = kept.named_only + excluded.named_only`;
