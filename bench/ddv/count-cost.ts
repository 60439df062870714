import { countActivity } from "../../server/features/inventory/count-activity.ts";
import type { Database } from "../../server/ports/database.ts";
import type { Plan } from "./fill.ts";

/** As many as a flush of ingest at a high rate holds some of. */
const newRecords = 200_000;

/** What a turn of the inventory takes for records that have just come, which all are of pieces that are known. */
export async function countCost(db: Database, plan: Plan, say: (line: string) => void): Promise<void> {
  const [newest] = await db.sql<{ from: string }>(
    `WITH new AS (
       INSERT INTO activity (at, bucket, bytes, size, byte_offset, cid_prefix, kafka_offset, node, client, latency_us, source,
         network, operation, status, content_type, cid)
       SELECT at, bucket, bytes, size, byte_offset, cid_prefix, kafka_offset + $1, node, client, latency_us, source,
         network, operation, status, content_type, cid
       FROM activity WHERE at > now() - interval '1 day' LIMIT $2
       RETURNING flush)
     SELECT max(flush) AS from FROM new`,
    [plan.rows, newRecords],
  );
  const from = Number(newest?.from);
  await db.sql("UPDATE inventory_cursor SET next_flush = $1", [from]);
  const startedAt = performance.now();
  const { records, pieces } = await countActivity(db, { from, below: from + 1 }, new Date());
  const seconds = (performance.now() - startedAt) / 1000;
  say(
    `counting ${records} records of ${pieces} pieces into ${plan.cids}: ${seconds.toFixed(1)} s, ${Math.round(records / seconds)} records a second`,
  );
}
