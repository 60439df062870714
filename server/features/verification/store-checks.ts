import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Database } from "../../ports/database.ts";
import type { Check } from "./schema.ts";

export type CheckRecord = Check & {
  node: number;
  network: number;
  at: Date;
  bucket: string;
  cid: Uint8Array;
};

/** Results and their notice in one statement. `bucket` is signed, as the tables hold it. */
export async function storeChecks(db: Pick<Database, "sql">, records: readonly CheckRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((record) => ({ ...record, cid: Buffer.from(record.cid).toString("hex") }));
  await db.sql(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS g(node integer, at timestamptz, network smallint,
         bucket bigint, cid text, verdict text, why text, detail text, computed text, bytes bigint,
         "firstByteMs" real, "totalMs" real)
     ), stored AS (
       INSERT INTO node_verification
         (node, at, network, bucket, cid, verdict, why, detail, computed, bytes, first_byte_ms, total_ms)
       SELECT node, at, network, bucket, decode(cid, 'hex'), verdict, why, detail, decode(computed, 'hex'), bytes,
              "firstByteMs", "totalMs"
       FROM given ON CONFLICT DO NOTHING
     )
     SELECT pg_notify('${noticeChannel}', notice)::text FROM unnest($2::text[]) AS notice`,
    [JSON.stringify(rows), noticesOf(records)],
  );
}

function noticesOf(records: readonly CheckRecord[]): string[] {
  return [...Map.groupBy(records, ({ network }) => network)].map(([network, own]) =>
    encodeNotice({
      topic: "nodes.verifications",
      network,
      ids: [...new Set(own.map(({ node }) => String(node)))],
      at: Math.max(...own.map(({ at }) => at.getTime())),
    }),
  );
}
