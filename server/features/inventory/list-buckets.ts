import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { clusterName } from "../clusters/rules.ts";
import { listSources } from "../registry/list-sources.ts";
import type { BucketSort, visibilities } from "./list-rules.ts";
import type { BucketPage, ListBucketsInput } from "./schema.ts";
import { findCountedAt, joinedBuckets, type KnownBucket, knownBucket, toBucketRow } from "./store.ts";

/** Buckets of the chain's registry and of activity, in one order. Buckets that lack the sorted figure count as 0 in it. */
export async function listBuckets(ctx: Ctx, input: ListBucketsInput): Promise<BucketPage> {
  const network = networkByName(input.network).id;
  const filter = filterOf(input, network);
  const [page, summary, sources, countedAt] = await Promise.all([
    readPage(ctx, input, filter),
    input.cursor ? null : readSummary(ctx, filter, network),
    listSources(ctx, { network: input.network }),
    findCountedAt(ctx.db),
  ]);
  const source = sources.find(({ family }) => family === "ddc");
  return {
    at: ctx.clock.now().toISOString(),
    ...page,
    summary,
    registryGap:
      source?.state === "ok" ? null : (source?.reason ?? "No ingest worker has looked for an indexer yet."),
    countedAt,
  };
}

type Filter = { conditions: string[]; values: unknown[] };

function filterOf(input: ListBucketsInput, network: number): Filter {
  const filter: Filter = { conditions: [], values: [network] };
  const add = (condition: (place: string) => string, value: unknown) =>
    filter.conditions.push(condition(`$${filter.values.push(value)}`));
  const text = input.text?.trim();
  if (text) add(textCondition, text);
  if (input.owner) add((place) => `b.owner = ${place}`, input.owner);
  if (input.clusterId) add(clusterCondition, input.clusterId);
  if (input.visibility) filter.conditions.push(visibilityConditions[input.visibility]);
  if (input.isRemoved !== null)
    add((place) => `coalesce(b.is_removed, false) = ${place}`, input.isRemoved ?? false);
  if (input.isActive) filter.conditions.push("u.requests_24h > 0");
  return filter;
}

const visibilityConditions: Readonly<Record<(typeof visibilities)[number], string>> = {
  public: "b.is_public",
  private: "NOT b.is_public",
  unregistered: "b.bucket IS NULL",
};

function clusterCondition(place: string): string {
  return `b.cluster = (SELECT id FROM ddc_cluster WHERE network = $1 AND cluster_id = ${place})`;
}

function textCondition(place: string): string {
  return `(u64(coalesce(b.bucket, u.bucket))::text = ${place} OR starts_with(b.owner, ${place}) OR coalesce(b.bucket, u.bucket) IN
    (SELECT n.bucket FROM ddc_cns_name AS n WHERE n.network = $1 AND n.name = ${place}))`;
}

/** Of the joined rows b (registry) and u (activity); the bits of a bucket's number break ties. */
const sortColumns: Readonly<Record<BucketSort, string>> = {
  requests24h: "coalesce(u.requests_24h, 0)",
  reads24h: "coalesce(u.reads_24h, 0)",
  writes24h: "coalesce(u.writes_24h, 0)",
  writtenBytes: "coalesce(u.written_bytes, 0)",
  readBytes24h: "coalesce(u.read_bytes_24h, 0)",
  objects: "coalesce(u.objects, 0)",
  lastSeen: "coalesce((extract(epoch FROM u.last_seen) * 1000)::bigint, 0)",
  bucket: "u64(coalesce(b.bucket, u.bucket))",
};

/** First which buckets, by as few columns as that needs; then all of those. */
async function readPage(ctx: Ctx, input: ListBucketsInput, filter: Filter) {
  const { sort, order, limit, cursor } = input;
  const value = sortColumns[sort];
  const values = [...filter.values, limit + 1];
  const conditions = [...filter.conditions];
  const size = `$${values.length}`;
  if (cursor) {
    values.push(...positionOf(cursor));
    const [sorted, bits] = [`$${values.length - 1}::numeric`, `$${values.length}::bigint`];
    conditions.push(
      `(${value} ${order === "desc" ? "<" : ">"} ${sorted} OR (${value} = ${sorted} AND coalesce(b.bucket, u.bucket) > ${bits}))`,
    );
  }
  const rows = await ctx.db.sql<KnownBucket & { sorted: string }>(
    `SELECT page.sorted, known.*, c.cluster_id FROM (
       SELECT coalesce(b.bucket, u.bucket) AS bits, ${value} AS sorted FROM ${joinedBuckets} ${whereOf(conditions)}
       ORDER BY sorted ${order}, bits LIMIT ${size}) AS page
     JOIN LATERAL (${knownBucket("page.bits")}) AS known ON true
     LEFT JOIN ddc_cluster AS c ON c.id = known.cluster ORDER BY page.sorted ${order}, page.bits`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page.map(toBucketRow), next: last ? encodeCursor([last.sorted, last.bits]) : null };
}

type TotalsRow = {
  matching: number;
  active: number;
  requests: string;
  read_bytes: string;
  written_bytes: string;
};

async function readSummary(
  ctx: Ctx,
  { conditions, values }: Filter,
  network: number,
): Promise<BucketPage["summary"]> {
  const [[row], clusters] = await Promise.all([
    ctx.db.sql<TotalsRow>(
      `SELECT count(*)::integer AS matching, count(*) FILTER (WHERE u.requests_24h > 0)::integer AS active,
              coalesce(sum(u.requests_24h), 0) AS requests, coalesce(sum(u.read_bytes_24h), 0) AS read_bytes,
              coalesce(sum(u.written_bytes_24h), 0) AS written_bytes
       FROM ${joinedBuckets} ${whereOf(conditions)}`,
      values,
    ),
    listClusters(ctx, network),
  ]);
  return {
    matching: row?.matching ?? 0,
    active24h: row?.active ?? 0,
    requests24h: row?.requests ?? "0",
    readBytes24h: row?.read_bytes ?? "0",
    writtenBytes24h: row?.written_bytes ?? "0",
    clusters,
  };
}

async function listClusters(
  { db }: Ctx,
  network: number,
): Promise<NonNullable<BucketPage["summary"]>["clusters"]> {
  const rows = await db.sql<{ cluster_id: string; buckets: number }>(
    `SELECT c.cluster_id, count(*)::integer AS buckets FROM ddc_bucket AS b JOIN ddc_cluster AS c ON c.id = b.cluster
     WHERE b.network = $1 GROUP BY c.cluster_id ORDER BY buckets DESC, c.cluster_id`,
    [network],
  );
  return rows.map(({ cluster_id, buckets }) => ({
    clusterId: cluster_id,
    name: clusterName(cluster_id),
    buckets,
  }));
}

function whereOf(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
}

const positionSchema = z.tuple([z.string().regex(/^\d{1,60}$/), z.string().regex(/^-?\d{1,19}$/)]);

function positionOf(cursor: string): [sorted: string, bits: string] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}
