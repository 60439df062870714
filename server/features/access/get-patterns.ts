import { networkByName } from "../../kernel/networks.ts";
import { resolveTimeRange } from "../../kernel/time-range.ts";
import { burstAtLeast, burstWindowMs, sampledRecords } from "./access-rules.ts";
import { type AccessCtx, accountOf } from "./list-records.ts";
import { type RecordFilter, toRecordFilter } from "./record-filter.ts";
import type { AccessFilter, Patterns } from "./schema.ts";

const mostReaders = 8;
const mostBursts = 8;
const limits = { timeoutMs: 5_000 };
const nothing: Patterns = {
  sample: { records: 0, since: null, isAll: true },
  readers: [],
  accounts: 0,
  bursts: [],
  afterEnd: [],
};

type Window = { filter: RecordFilter; from: Date; to: Date };

/** What stands out in the filter: who reads most, who is new, bursts of refusals, use of grants that had ended. */
export async function getPatterns(ctx: AccessCtx, input: AccessFilter): Promise<Patterns> {
  const { from, to } = resolveTimeRange(input, ctx.clock.now());
  const filter = await toRecordFilter(ctx.db, { ...input, tab: "all" });
  if (!filter) return nothing;
  const since = await sampleSince(ctx, input, { filter, from, to });
  const [sample, bursts, afterEnd] = await Promise.all([
    readSample(ctx, { filter, from: since, to }),
    listBursts(ctx, { filter, from, to }),
    listAfterEnd(ctx, { filter, from, to }),
  ]);
  const readers = await markNew(ctx, sample.readers, from);
  const isAll = since <= from && sample.records < sampledRecords;
  return {
    sample: { records: sample.records, since: sample.since?.toISOString() ?? null, isAll },
    readers: readers.map(({ id: _, ...reader }) => reader),
    accounts: sample.accounts,
    bursts,
    afterEnd,
  };
}

/** From when on the network has about as many records as are sampled: a scan that no index serves must not be longer. */
async function sampleSince(
  { db }: AccessCtx,
  { network }: AccessFilter,
  { filter, from, to }: Window,
): Promise<Date> {
  if (filter.firsts) return firstsSince(db, filter.firsts, { from, to });
  if (filter.isIndexed) return from;
  const [row] = await db.sql<{ since: Date | null }>(
    `SELECT max(at) AS since FROM (SELECT at, sum(requests) OVER (ORDER BY at DESC) AS upto FROM rollup_1m
       WHERE scope = 1 AND network = $1 AND subject = 0 AND at >= $2 AND at < $3) AS minutes WHERE upto >= $4`,
    [networkByName(network).id, from, to, sampledRecords],
  );
  return row?.since && row.since > from ? row.since : from;
}

/** From when on at least as many records as are sampled are of the account or the CID: each first is one. */
async function firstsSince(
  { sql }: Pick<AccessCtx["db"], "sql">,
  { condition, wanted }: NonNullable<RecordFilter["firsts"]>,
  { from, to }: { from: Date; to: Date },
): Promise<Date> {
  const [row] = await sql<{ since: Date }>(
    `SELECT date_trunc('second', at) AS since FROM activity WHERE ${condition} AND at >= $2 AND at < $3
     ORDER BY at DESC OFFSET $4 LIMIT 1`,
    [wanted, from, to, sampledRecords],
    limits,
  );
  return row && row.since > from ? row.since : from;
}

type Reader = Patterns["readers"][number] & { id: number };
type ReaderRow = {
  client: number;
  key: string;
  requests: number;
  reads: number;
  bytes: string;
  refused: number;
  first_at: Date;
  last_at: Date;
  records: number;
  accounts: number;
  since: Date;
};

async function readSample({ db }: AccessCtx, { filter, from, to }: Window) {
  const { values, conditions } = filter;
  const next = values.length;
  const rows = await db.sql<ReaderRow>(
    `WITH sample AS MATERIALIZED (
       SELECT at, client, operation, status, bytes FROM ${filter.rowsIn(`$${next + 1}`, `$${next + 2}`)}
       WHERE ${conditions} AND at >= $${next + 1} AND at < $${next + 2} ${filter.isIndexed ? "ORDER BY at DESC" : ""}
       LIMIT $${next + 3}),
     clients AS (
       SELECT client, count(*)::integer AS requests, count(*) FILTER (WHERE operation = 1)::integer AS reads,
         sum(bytes)::text AS bytes, count(*) FILTER (WHERE status = 4)::integer AS refused, min(at) AS first_at,
         max(at) AS last_at FROM sample WHERE client IS NOT NULL GROUP BY client)
     SELECT clients.*, encode(public_key, 'hex') AS key, (SELECT count(*)::integer FROM sample) AS records,
       (SELECT count(*)::integer FROM clients) AS accounts, (SELECT min(at) FROM sample) AS since
     FROM clients JOIN ddc_client ON ddc_client.id = client ORDER BY requests DESC, client LIMIT $${next + 4}`,
    [...values, from, to, sampledRecords, mostReaders],
    limits,
  );
  return {
    records: rows[0]?.records ?? 0,
    accounts: rows[0]?.accounts ?? 0,
    since: rows[0]?.since ?? null,
    readers: rows.map(toReader),
  };
}

function toReader(row: ReaderRow): Reader {
  return {
    id: row.client,
    account: accountOf(row.key),
    requests: row.requests,
    reads: row.reads,
    bytes: row.bytes,
    refused: row.refused,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    isNew: null,
  };
}

/** An index on account and time says at once whether anything was before; without records from before nobody can tell. */
async function markNew({ db }: AccessCtx, readers: readonly Reader[], from: Date): Promise<Reader[]> {
  const [before] = await db.sql<{ any: boolean }>(
    "SELECT EXISTS (SELECT FROM rollup_1h WHERE scope = 1 AND at < date_trunc('hour', $1::timestamptz)) AS any",
    [from],
  );
  const rows = await db.sql<{ id: number }>(
    `SELECT id FROM unnest($1::integer[]) AS asked (id)
     WHERE EXISTS (SELECT FROM activity WHERE client = asked.id AND first_of_client AND at < date_trunc('second', $2::timestamptz))
        OR EXISTS (SELECT FROM activity_of_client(asked.id, date_trunc('second', $2::timestamptz), $2))`,
    [readers.map(({ id }) => id), from],
    limits,
  );
  const known = new Set(rows.map(({ id }) => id));
  return readers.map((reader) => ({
    ...reader,
    isNew: known.has(reader.id) ? false : before?.any ? true : null,
  }));
}

/** ABORTED again and again by one account in one bucket; the index on what was not OK keeps this small. */
async function listBursts({ db }: AccessCtx, { filter, from, to }: Window): Promise<Patterns["bursts"]> {
  const { values, conditions } = filter;
  const next = values.length;
  const rows = await db.sql<{ key: string | null; bucket: string; first: Date; last: Date; refused: number }>(
    `SELECT encode(public_key, 'hex') AS key, u64(bucket)::text AS bucket, min(at) AS first, max(at) AS last,
       count(*)::integer AS refused
     FROM (SELECT at, client, bucket FROM activity WHERE ${conditions} AND status = 4 AND status <> 0
             AND at >= $${next + 1} AND at < $${next + 2} ORDER BY at DESC LIMIT $${next + 3}) AS turned
     LEFT JOIN ddc_client ON ddc_client.id = client
     GROUP BY client, public_key, bucket, floor(extract(epoch FROM at) * 1000 / $${next + 4}::integer)
     HAVING count(*) >= $${next + 5} ORDER BY refused DESC, last DESC LIMIT $${next + 6}`,
    [...values, from, to, sampledRecords, burstWindowMs, burstAtLeast, mostBursts],
    limits,
  );
  return rows.map(({ key, bucket, first, last, refused }) => ({
    account: key === null ? null : accountOf(key),
    bucket,
    from: first.toISOString(),
    to: last.toISOString(),
    refused,
  }));
}

/** For each grant that ended before the range does: what came with it afterwards. */
async function listAfterEnd({ db }: AccessCtx, { filter, from, to }: Window): Promise<Patterns["afterEnd"]> {
  const { values, conditions } = filter;
  const next = values.length;
  type Row = {
    key: string | null;
    bucket: string;
    ended: Date;
    requests: number;
    allowed: number;
    last: Date;
  };
  const rows = await db.sql<Row>(
    `SELECT encode(public_key, 'hex') AS key, used.bucket, ended.expires_at AS ended, used.requests, used.allowed, used.last
     FROM (SELECT id, expires_at FROM ddc_grant WHERE expires_at < $${next + 2} ORDER BY expires_at DESC LIMIT 500) AS ended
     CROSS JOIN LATERAL (
       SELECT client, u64(bucket)::text AS bucket, count(*)::integer AS requests,
         count(*) FILTER (WHERE status = 0)::integer AS allowed, max(at) AS last
       FROM (SELECT client, bucket, status, at FROM activity WHERE grant_id = ended.id AND ${conditions}
         AND at >= greatest(ended.expires_at, $${next + 1}) AND at < $${next + 2} ORDER BY at DESC LIMIT 1000) AS late
       GROUP BY client, bucket) AS used
     LEFT JOIN ddc_client ON ddc_client.id = used.client ORDER BY used.last DESC LIMIT $${next + 3}`,
    [...values, from, to, mostBursts],
    limits,
  );
  return rows.map(({ key, bucket, ended, requests, allowed, last }) => ({
    account: key === null ? null : accountOf(key),
    bucket,
    endedAt: ended.toISOString(),
    requests,
    allowed,
    lastAt: last.toISOString(),
  }));
}
