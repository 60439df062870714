import type { Sql } from "../../ports/database.ts";
import type { RecordFilter } from "./record-filter.ts";

/** Order of the list: newest first; of one millisecond, by where they stand in Kafka. */
export type Place = { at: Date; source: number; offset: string };

export type RawRecord = {
  at: Date;
  source: number;
  kafka_offset: string;
  client: number | null;
  node: number;
  grant_id: number | null;
  operation: number;
  status: number;
  bucket: string;
  cid: Buffer | null;
  bytes: string;
  size: string | null;
  latency_us: number | null;
};

export type SearchBack = {
  sql: Sql;
  filter: RecordFilter;
  from: Date;
  /** Exclusive. */
  to: Date;
  after: Place | null;
  limit: number;
  budgetMs: number;
};
export type FoundRecords = { rows: RawRecord[]; searchedFrom: Date; isComplete: boolean };

const firstSliceMs = { indexed: 3_600_000, scanned: 15_000 };
/** Even on a slow day a page looks so far. */
const leastSlices = 3;
const quickMs = 20;
const slowMs = 60;

/**
 * Looks for matches from the newest time back, slice by slice, until there are enough, the range is done or the time for
 * one page is used up. A slice grows while slices are quick: a rare match in much data costs several short reads, never a
 * long one.
 */
export async function searchBack(search: SearchBack): Promise<FoundRecords> {
  const { from, limit, filter, budgetMs } = search;
  const rows: RawRecord[] = [];
  const startedAt = performance.now();
  let slices = 0;
  let upper = search.after ? new Date(search.after.at.getTime() + 1) : search.to;
  let sliceMs = filter.isIndexed ? firstSliceMs.indexed : firstSliceMs.scanned;
  while (upper > from && rows.length < limit) {
    const sliceStartedAt = performance.now();
    if (slices++ >= leastSlices && sliceStartedAt - startedAt > budgetMs)
      return { rows, searchedFrom: upper, isComplete: false };
    const lower = new Date(Math.max(from.getTime(), upper.getTime() - sliceMs));
    rows.push(...(await readSlice(search, { lower, upper, limit: limit - rows.length })));
    const tookMs = performance.now() - sliceStartedAt;
    if (tookMs < quickMs) sliceMs *= 4;
    else if (tookMs > slowMs) sliceMs = Math.max(1_000, sliceMs / 2);
    upper = lower;
  }
  return { rows, searchedFrom: upper, isComplete: rows.length < limit };
}

type Slice = { lower: Date; upper: Date; limit: number };

function readSlice({ sql, filter, after }: SearchBack, { lower, upper, limit }: Slice): Promise<RawRecord[]> {
  const values = [...filter.values, lower, upper, limit];
  const at = (back: number) => `$${values.length - back}`;
  const bounds = `at >= ${at(2)} AND at < ${at(1)}`;
  const beyond = after
    ? `AND (at, source, kafka_offset) < ($${values.length + 1}, $${values.length + 2}, $${values.length + 3}::bigint)`
    : "";
  const place = after ? [after.at, after.source, after.offset] : [];
  return sql<RawRecord>(
    `SELECT at, source, kafka_offset, client, node, grant_id, operation, status, u64(bucket)::text AS bucket, cid, bytes,
       size, latency_us
     FROM ${filter.rowsIn(at(2), at(1))} WHERE ${filter.conditions} AND ${bounds} ${beyond}
     ORDER BY at DESC, source DESC, kafka_offset DESC LIMIT ${at(0)}`,
    [...values, ...place],
  );
}
