import { networks } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Database } from "../../ports/database.ts";

/** Transactions whose records are counted by one step: from `from` on, below `below`. */
export type FlushWindow = { from: number; below: number };
export type CountedStep = { isApplied: boolean; records: number; pieces: number };

const limitMs = 10 * 60_000;

/**
 * Adds the records of a window of transactions to pieces and buckets, and moves the cursor over the window, in one
 * statement: each record counts once, whatever stops or runs twice. The window must end at or below the oldest
 * transaction that still runs, so that nothing appears in it afterwards.
 */
export async function countActivity(
  { prisma }: Pick<Database, "prisma">,
  { from, below }: FlushWindow,
  at: Date,
): Promise<CountedStep> {
  const notices = networks.map(({ id }) =>
    encodeNotice({ topic: "inventory", network: id, ids: [], at: at.getTime() }),
  );
  const networkIds = networks.map(({ id }) => id);
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`SET LOCAL statement_timeout = ${limitMs}`);
      await tx.$executeRawUnsafe("SET LOCAL work_mem = '64MB'");
      const [row] = await tx.$queryRawUnsafe<{ applied: number; records: number; pieces: number }[]>(
        statement,
        from,
        below,
        networkIds,
        notices,
      );
      return { isApplied: row?.applied === 1, records: row?.records ?? 0, pieces: row?.pieces ?? 0 };
    },
    { timeout: limitMs, maxWait: limitMs },
  );
}

/**
 * Operations and statuses by their positions in kernel/cells. A size is what a put of a whole piece said; a piece without
 * one has the size unknown. `requests` of a piece equal to what was just added means: never seen in activity before.
 */
const statement = `
  WITH moved AS (
    UPDATE inventory_cursor SET next_flush = $2::bigint, updated_at = now()
    WHERE next_flush = $1::bigint RETURNING 1
  ), taken AS MATERIALIZED (
    SELECT network, bucket, cid, count(*) AS requests,
           count(*) FILTER (WHERE operation = 1) AS reads,
           count(*) FILTER (WHERE operation = 0) AS writes,
           count(*) FILTER (WHERE status = 1) AS not_found,
           count(*) FILTER (WHERE status = 4) AS aborted,
           count(*) FILTER (WHERE status IN (2, 3)) AS failures,
           coalesce(sum(bytes) FILTER (WHERE operation = 1), 0) AS read_bytes,
           coalesce(sum(bytes) FILTER (WHERE operation = 0), 0) AS written_bytes,
           max(size) FILTER (WHERE operation = 0 AND status IN (0, 5) AND byte_offset IS NULL AND content_type = 0) AS size_bytes,
           min(at) AS first_seen, max(at) AS last_seen, max(at) FILTER (WHERE operation = 1) AS last_read
    FROM activity, moved WHERE flush >= $1::bigint AND flush < $2::bigint
    GROUP BY network, bucket, cid
  ), pieces AS (
    INSERT INTO ddc_piece AS kept (network, bucket, cid, known, first_seen, last_seen, last_read, requests, reads, writes,
      not_found, aborted, failures, read_bytes, written_bytes, size_bytes)
    SELECT network, bucket, cid, 4, first_seen, last_seen, last_read, requests, reads, writes,
      not_found, aborted, failures, read_bytes, written_bytes, size_bytes
    FROM taken WHERE octet_length(cid) = 36 ORDER BY network, cid, bucket
    ON CONFLICT (network, cid, bucket) DO UPDATE SET
      known = kept.known | 4,
      first_seen = least(kept.first_seen, excluded.first_seen),
      last_seen = greatest(kept.last_seen, excluded.last_seen),
      last_read = greatest(kept.last_read, excluded.last_read),
      requests = kept.requests + excluded.requests,
      reads = kept.reads + excluded.reads,
      writes = kept.writes + excluded.writes,
      not_found = kept.not_found + excluded.not_found,
      aborted = kept.aborted + excluded.aborted,
      failures = kept.failures + excluded.failures,
      read_bytes = kept.read_bytes + excluded.read_bytes,
      written_bytes = kept.written_bytes + excluded.written_bytes,
      size_bytes = coalesce(kept.size_bytes, excluded.size_bytes)
    RETURNING network, bucket, cid, requests, xmax = 0 AS is_new
  ), counted AS (
    SELECT network, bucket, count(*) FILTER (WHERE is_new) AS objects,
           count(*) FILTER (WHERE pieces.requests = taken.requests) AS used,
           count(*) FILTER (WHERE pieces.requests = taken.requests AND NOT is_new) AS named_before
    FROM pieces JOIN taken USING (network, bucket, cid) GROUP BY network, bucket
  ), buckets AS (
    INSERT INTO ddc_bucket_use AS kept (network, bucket, known, first_seen, last_seen, requests, read_bytes, written_bytes,
      objects, used_objects, named_only)
    SELECT network, bucket, 4, min(first_seen), max(last_seen), sum(requests), sum(read_bytes), sum(written_bytes),
      coalesce(max(objects), 0), coalesce(max(used), 0), -coalesce(max(named_before), 0)
    FROM taken LEFT JOIN counted USING (network, bucket) GROUP BY network, bucket ORDER BY network, bucket
    ON CONFLICT (network, bucket) DO UPDATE SET
      known = kept.known | 4,
      first_seen = least(kept.first_seen, excluded.first_seen),
      last_seen = greatest(kept.last_seen, excluded.last_seen),
      requests = kept.requests + excluded.requests,
      read_bytes = kept.read_bytes + excluded.read_bytes,
      written_bytes = kept.written_bytes + excluded.written_bytes,
      objects = kept.objects + excluded.objects,
      used_objects = kept.used_objects + excluded.used_objects,
      named_only = kept.named_only + excluded.named_only
    RETURNING 1
  )
  SELECT (SELECT count(*)::integer FROM moved) AS applied,
         (SELECT coalesce(sum(requests), 0)::integer FROM taken) AS records,
         (SELECT count(*)::integer FROM pieces) AS pieces,
         (SELECT count(*)::integer FROM buckets) AS buckets,
         (SELECT count(pg_notify('${noticeChannel}', payload))::integer
          FROM unnest($3::smallint[], $4::text[]) AS notice (network, payload)
          WHERE network IN (SELECT network FROM taken)) AS notices`;
