import type { Database } from "../../ports/database.ts";

const hourMs = 3_600_000;
export const hoursShown = 24;

/** Sums the last 24 hours of every bucket anew from rollups: the running hour and the 23 before it. */
export async function refreshDays({ sql }: Pick<Database, "sql">, at: Date): Promise<void> {
  const last = Math.floor(at.getTime() / hourMs) * hourMs;
  await sql(statement, [new Date(last - (hoursShown - 1) * hourMs), new Date(last)], { timeoutMs: 60_000 });
}

/** Buckets without a request in the day are set to zero once, and are not touched after that. */
const statement = `
  WITH hourly AS (
    SELECT network, subject AS bucket, at, requests, failures, read_bytes, written_bytes,
           (SELECT coalesce(sum(cell & 68719476735) FILTER (WHERE cell >> 49 = 1), 0) FROM unnest(cells) AS cell) AS reads,
           (SELECT coalesce(sum(cell & 68719476735) FILTER (WHERE cell >> 49 = 0), 0) FROM unnest(cells) AS cell) AS writes
    FROM rollup_1h WHERE scope = 4 AND at >= $1 AND at <= $2
  ), day AS (
    SELECT network, bucket, sum(requests) AS requests, sum(failures) AS failures, sum(reads) AS reads, sum(writes) AS writes,
           sum(read_bytes) AS read_bytes, sum(written_bytes) AS written_bytes,
           array_agg(requests ORDER BY at) AS counts, array_agg(at ORDER BY at) AS times
    FROM hourly GROUP BY network, bucket
  ), shown AS (
    SELECT kept.network, kept.bucket, day.requests, day.failures, day.reads, day.writes, day.read_bytes, day.written_bytes,
           ARRAY(SELECT coalesce(day.counts[array_position(day.times, hour)], 0)
                 FROM generate_series($1::timestamptz, $2::timestamptz, '1 hour') AS hour ORDER BY hour) AS hours
    FROM ddc_bucket_use AS kept LEFT JOIN day USING (network, bucket)
    WHERE day.bucket IS NOT NULL OR kept.requests_24h > 0 OR kept.hours_at IS NULL
    ORDER BY kept.network, kept.bucket FOR NO KEY UPDATE OF kept
  )
  UPDATE ddc_bucket_use AS kept
  SET hours = shown.hours, hours_at = $2, requests_24h = coalesce(shown.requests, 0), failures_24h = coalesce(shown.failures, 0),
      reads_24h = coalesce(shown.reads, 0), writes_24h = coalesce(shown.writes, 0),
      read_bytes_24h = coalesce(shown.read_bytes, 0), written_bytes_24h = coalesce(shown.written_bytes, 0)
  FROM shown WHERE (kept.network, kept.bucket) = (shown.network, shown.bucket)`;
