import { operations, statuses } from "../../kernel/cells.ts";
import { cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import { toSs58 } from "../../kernel/ss58.ts";
import { resolveTimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { tokenOperations } from "./auth-token.ts";
import { toRecordFilter } from "./record-filter.ts";
import { judgeAccess } from "./rules.ts";
import type { AccessRecord, ListRecordsInput, RecordPage } from "./schema.ts";
import { type Place, type RawRecord, searchBack } from "./search-back.ts";

export type AccessCtx = Pick<Ctx, "db" | "clock">;

const pageBudgetMs = 90;
const minuteMs = 60_000;

/** Who did what, newest first. A page that found less than it may says how far it looked; the next goes on from there. */
export function listRecords(ctx: AccessCtx, input: ListRecordsInput): Promise<RecordPage> {
  return listWithin(ctx, input, pageBudgetMs);
}

/** A file waits longer for rare matches than a page may. */
export async function listWithin(
  ctx: AccessCtx,
  input: ListRecordsInput,
  budgetMs: number,
): Promise<RecordPage> {
  const { db, clock } = ctx;
  const { from, to } = resolveTimeRange(input, clock.now());
  const filter = await toRecordFilter(db, input);
  const after = input.cursor ? placeOf(input.cursor) : null;
  const found = filter
    ? await searchBack({
        sql: db.sql,
        filter,
        from,
        to: await newestEnd(ctx, input, to),
        after,
        limit: input.limit,
        budgetMs,
      })
    : { rows: [], searchedFrom: from, isComplete: true };
  const reached = { from: found.searchedFrom, to };
  const [rows, searched] = await Promise.all([
    toRecords(ctx, input, found.rows),
    countSearched(ctx, input, reached),
  ]);
  const last = found.rows.at(-1);
  const hasMore = found.rows.length === input.limit || !found.isComplete;
  const next = !hasMore
    ? null
    : last && found.rows.length === input.limit
      ? cursorOf({ at: last.at, source: last.source, offset: last.kafka_offset })
      : cursorOf({
          at: new Date(found.searchedFrom.getTime() - 1),
          source: 2_147_483_647,
          offset: "9223372036854775807",
        });
  return { rows, next, searched: { ...searched, isComplete: found.isComplete } };
}

/** Where records begin, seen from the end: a gap is not worth looking through. */
async function newestEnd({ db }: AccessCtx, { network }: ListRecordsInput, to: Date): Promise<Date> {
  const [row] = await db.sql<{ at: Date }>(
    `SELECT at FROM rollup_1m WHERE scope = 1 AND network = $1 AND subject = 0 AND at < $2 ORDER BY at DESC LIMIT 1`,
    [networkByName(network).id, to],
  );
  return row && row.at.getTime() + minuteMs < to.getTime() ? new Date(row.at.getTime() + minuteMs) : to;
}

function cursorOf({ at, source, offset }: Place): string {
  return encodeCursor([at.toISOString(), source, offset]);
}

function placeOf(cursor: string): Place {
  const [at, source, offset] = decodeCursor(cursor, 3);
  return { at: new Date(String(at)), source: Number(source), offset: String(offset) };
}

type Reached = { from: Date; to: Date };

async function countSearched({ db }: AccessCtx, { network }: ListRecordsInput, { from, to }: Reached) {
  const [[count], [kept]] = await Promise.all([
    db.sql<{ records: string }>(
      `SELECT coalesce(sum(requests), 0)::text AS records FROM rollup_1m
       WHERE scope = 1 AND network = $1 AND subject = 0 AND at >= date_trunc('minute', $2::timestamptz) AND at < $3`,
      [networkByName(network).id, from, to],
    ),
    db.sql<{ name: string | null }>(
      "SELECT min(child.relname) AS name FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid WHERE inhparent = 'activity'::regclass",
    ),
  ]);
  const day = /_(\d{4})(\d\d)(\d\d)$/.exec(kept?.name ?? "");
  const keptSince = day ? `${day[1]}-${day[2]}-${day[3]}T00:00:00.000Z` : null;
  return { from: from.toISOString(), to: to.toISOString(), records: count?.records ?? "0", keptSince };
}

type Names = {
  clients: Map<number, string>;
  nodes: Map<number, { key: string; name: string | null }>;
  grants: Map<number, GrantRow>;
  sources: Map<number, { topic: string; partition: number }>;
  buckets: Map<string, { owner: string | null; isPublic: boolean }>;
};
type GrantRow = {
  id: number;
  bucket: string | null;
  giver: string | null;
  operations: number;
  links: number;
  expires_at: Date | null;
};

async function toRecords(
  ctx: AccessCtx,
  input: ListRecordsInput,
  rows: readonly RawRecord[],
): Promise<AccessRecord[]> {
  if (rows.length === 0) return [];
  const names = await loadNames(ctx, networkByName(input.network).id, rows);
  return rows.map((row) => toRecord(row, names));
}

async function loadNames({ db }: AccessCtx, network: number, rows: readonly RawRecord[]): Promise<Names> {
  const distinct = <Value>(values: readonly (Value | null)[]) => [
    ...new Set(values.filter((value) => value !== null)),
  ];
  const [clients, nodes, grants, sources, buckets] = await Promise.all([
    db.sql<{ id: number; key: string }>(
      "SELECT id, encode(public_key, 'hex') AS key FROM ddc_client WHERE id = ANY ($1::integer[])",
      [distinct(rows.map(({ client }) => client))],
    ),
    db.sql<{ id: number; key: string; name: string | null }>(
      "SELECT id, node_key AS key, reported->>'host.name' AS name FROM ddc_node WHERE id = ANY ($1::integer[])",
      [distinct(rows.map(({ node }) => node))],
    ),
    db.sql<GrantRow>(
      `SELECT id, u64(bucket)::text AS bucket, encode(giver, 'hex') AS giver, operations, links, expires_at
       FROM ddc_grant WHERE id = ANY ($1::integer[])`,
      [distinct(rows.map(({ grant_id }) => grant_id))],
    ),
    db.sql<{ id: number; topic: string; partition: number }>(
      "SELECT id, topic, partition FROM ingest_offset WHERE id = ANY ($1::integer[])",
      [distinct(rows.map(({ source }) => source))],
    ),
    db.sql<{ bucket: string; owner: string | null; is_public: boolean }>(
      `SELECT u64(bucket)::text AS bucket, owner, is_public FROM ddc_bucket
       WHERE network = $1 AND bucket = ANY (SELECT u64_bits(said) FROM unnest($2::numeric[]) AS said)`,
      [network, distinct(rows.map(({ bucket }) => bucket))],
    ),
  ]);
  return {
    clients: new Map(clients.map(({ id, key }) => [id, accountOf(key)])),
    nodes: new Map(nodes.map(({ id, ...node }) => [id, node])),
    grants: new Map(grants.map((grant) => [grant.id, grant])),
    sources: new Map(sources.map(({ id, ...source }) => [id, source])),
    buckets: new Map(buckets.map(({ bucket, owner, is_public }) => [bucket, { owner, isPublic: is_public }])),
  };
}

/** SS58; a key of another length, which DDC does not have, as hex. */
export function accountOf(hex: string): string {
  return hex.length === 64 ? toSs58(hex) : `0x${hex}`;
}

function toRecord(row: RawRecord, names: Names): AccessRecord {
  const operation = operations[row.operation] ?? "get";
  const status = statuses[row.status] ?? "unknown";
  const account = row.client === null ? null : (names.clients.get(row.client) ?? null);
  const grant = row.grant_id === null ? null : (names.grants.get(row.grant_id) ?? null);
  const allowed = grant ? operationsOf(grant.operations) : [];
  const place = names.buckets.get(row.bucket);
  const judged = judgeAccess({
    status,
    operation,
    at: row.at,
    grant: grant && { expiresAt: grant.expires_at, operations: allowed, bucket: grant.bucket },
    bucket: row.bucket,
    isPublic: place?.isPublic ?? null,
    isOwner: place && account !== null ? place.owner === account : null,
  });
  const cid = row.cid ? cidFromBytes(row.cid) : null;
  const source = names.sources.get(row.source);
  const node = names.nodes.get(row.node);
  return {
    topic: source?.topic ?? "",
    partition: source?.partition ?? 0,
    offset: row.kafka_offset,
    at: row.at.toISOString(),
    account,
    nodeKey: node?.key ?? "",
    nodeName: node?.name ?? null,
    operation,
    status,
    bucket: row.bucket,
    cid: cid && isCid(cid) ? cid.text : null,
    bytes: row.bytes,
    sizeBytes: row.size,
    latencyMs: row.latency_us === null ? null : row.latency_us / 1000,
    ...judged,
    grant: grant && {
      id: grant.id,
      expiresAt: grant.expires_at?.toISOString() ?? null,
      operations: allowed,
      bucket: grant.bucket,
      giver: grant.giver === null ? null : accountOf(grant.giver),
      links: grant.links,
    },
  };
}

function operationsOf(bits: number): string[] {
  return tokenOperations.slice(1).filter((_, index) => (bits & (1 << index)) !== 0);
}
