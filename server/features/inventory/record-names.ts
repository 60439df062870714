import type { Cid } from "../../kernel/cid/cid.ts";
import type { RunSql } from "../../ports/database.ts";
import { addKnownPieces } from "./add-known-pieces.ts";

export type NameAnswer = { name: string; cid: Cid; ttlSeconds: number | null };
export type AnsweredNames = { network: number; bucket: string; names: readonly NameAnswer[]; at: Date };
/** A name with where it pointed until now; null = it was not known, or pointed there already. */
export type MovedName = { name: string; since: Date; was: Buffer | null };

/** CNS names as a node answered to them, and that their targets are known by a name. `bucket` is signed. */
export async function recordNames(sql: RunSql, answered: AnsweredNames): Promise<MovedName[]> {
  const { network, bucket, names, at } = answered;
  if (names.length === 0) return [];
  const rows = names.map(({ name, cid, ttlSeconds }) => ({
    name,
    cid: Buffer.from(cid.bytes).toString("hex"),
    ttl: ttlSeconds,
  }));
  const moved = await sql<MovedName>(
    `WITH given AS (
       SELECT name, decode(cid, 'hex') AS cid, ttl FROM json_to_recordset($1::json) AS row (name text, cid text, ttl integer)
     ), before AS (
       SELECT name, cid FROM ddc_cns_name WHERE network = $2::smallint AND bucket = $3::bigint
     ), stored AS (
       INSERT INTO ddc_cns_name AS kept (network, bucket, name, cid, ttl_seconds, since, seen_at)
       SELECT $2::smallint, $3::bigint, name, cid, ttl, $4::timestamptz, $4::timestamptz FROM given ORDER BY name
       ON CONFLICT (network, bucket, name) DO UPDATE SET cid = excluded.cid, ttl_seconds = excluded.ttl_seconds,
         since = CASE WHEN kept.cid = excluded.cid THEN kept.since ELSE excluded.since END, seen_at = excluded.seen_at
       RETURNING name, cid, since
     )
     SELECT stored.name, stored.since, CASE WHEN before.cid <> stored.cid THEN before.cid END AS was
     FROM stored LEFT JOIN before USING (name)`,
    [JSON.stringify(rows), String(network), bucket, at.toISOString()],
  );
  const pieces = names.map(({ cid }) => ({ cid: cid.bytes, sizeBytes: null }));
  await addKnownPieces(sql, { network, bucket, way: "cns", pieces, at });
  return moved;
}
