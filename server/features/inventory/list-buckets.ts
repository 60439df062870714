import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { clusterName } from "../clusters/rules.ts";
import { listSources } from "../registry/list-sources.ts";
import type { BucketSort } from "./list-rules.ts";
import type { BucketPage, ListBucketsInput } from "./schema.ts";
import { findCountedAt, type KnownBucket, knownBuckets, toBucketRow } from "./store.ts";

/** Buckets of the chain's registry and of activity, in one order. Buckets that lack the sorted figure count as 0 in it. */
export async function listBuckets(ctx: Ctx, input: ListBucketsInput): Promise<BucketPage> {
  const network = networkByName(input.network).id;
  const filter = filterOf(input, network);
  const [page, totals, clusters, sources, countedAt] = await Promise.all([
    readPage(ctx, input, filter),
    readTotals(ctx, filter),
    listClusters(ctx, network),
    listSources(ctx, { network: input.network }),
    findCountedAt(ctx.db),
  ]);
  const source = sources.find(({ family }) => family === "ddc");
  return {
    at: ctx.clock.now().toISOString(),
    ...page,
    ...totals,
    clusters,
    registryGap:
      source?.state === "ok" ? null : (source?.reason ?? "No ingest worker has looked for an indexer yet."),
    countedAt,
  };
}

type Filter = { conditions: string[]; values: unknown[] };

function filterOf(input: ListBucketsInput, network: number): Filter {
  const filter: Filter = { conditions: [], values: [network] };
  const add = (condition: (place: string) => string, value: unknown) => {
    filter.values.push(value);
    filter.conditions.push(condition(`$${filter.values.length}`));
  };
  const text = input.text?.trim();
  if (text) add(textCondition, text);
  if (input.owner) add((place) => `owner = ${place}`, input.owner);
  if (input.clusterId)
    add(
      (place) => `cluster = (SELECT id FROM ddc_cluster WHERE network = $1 AND cluster_id = ${place})`,
      input.clusterId,
    );
  if (input.visibility) add((place) => `visibility = ${place}`, input.visibility);
  if (input.isRemoved !== null) add((place) => `is_removed = ${place}`, input.isRemoved ?? false);
  if (input.isActive) filter.conditions.push("requests_24h > 0");
  return filter;
}

function textCondition(place: string): string {
  return `(bucket::text = ${place} OR starts_with(owner, ${place}) OR bits IN
    (SELECT n.bucket FROM ddc_cns_name AS n WHERE n.network = $1 AND n.name = ${place}))`;
}

const sortColumns: Readonly<Record<BucketSort, string>> = {
  requests24h: "requests_24h",
  reads24h: "reads_24h",
  writes24h: "writes_24h",
  writtenBytes: "written_bytes",
  readBytes24h: "read_bytes_24h",
  objects: "objects",
  lastSeen: "coalesce(floor(extract(epoch FROM last_seen) * 1000), 0)",
  bucket: "bucket",
};

async function readPage(ctx: Ctx, input: ListBucketsInput, filter: Filter) {
  const { sort, direction, limit, cursor } = input;
  const value = `(${sortColumns[sort]})::numeric`;
  const values = [...filter.values, limit + 1];
  const conditions = [...filter.conditions];
  const size = `$${values.length}`;
  if (cursor) {
    values.push(...positionOf(cursor));
    const [sorted, bucket] = [`$${values.length - 1}::numeric`, `$${values.length}::numeric`];
    conditions.push(
      `(${value} ${direction === "desc" ? "<" : ">"} ${sorted} OR (${value} = ${sorted} AND bucket > ${bucket}))`,
    );
  }
  const rows = await ctx.db.sql<KnownBucket & { sorted: string }>(
    `SELECT page.*, c.cluster_id FROM (
       SELECT *, ${value} AS sorted FROM (${knownBuckets}) AS known ${whereOf(conditions)}
       ORDER BY sorted ${direction}, bucket LIMIT ${size}) AS page
     LEFT JOIN ddc_cluster AS c ON c.id = page.cluster ORDER BY sorted ${direction}, bucket`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page.map(toBucketRow), next: last ? encodeCursor([last.sorted, last.bucket]) : null };
}

type TotalsRow = {
  matching: number;
  registered: number;
  active: number;
  requests: string;
  read_bytes: string;
  written_bytes: string;
};

async function readTotals({ db }: Ctx, { conditions, values }: Filter) {
  const [row] = await db.sql<TotalsRow>(
    `SELECT count(*)::integer AS matching, count(*) FILTER (WHERE visibility <> 'unregistered')::integer AS registered,
            count(*) FILTER (WHERE requests_24h > 0)::integer AS active, coalesce(sum(requests_24h), 0) AS requests,
            coalesce(sum(read_bytes_24h), 0) AS read_bytes, coalesce(sum(written_bytes_24h), 0) AS written_bytes
     FROM (${knownBuckets}) AS known ${whereOf(conditions)}`,
    values,
  );
  return {
    matching: row?.matching ?? 0,
    registered: row?.registered ?? 0,
    active24h: row?.active ?? 0,
    totals: {
      requests24h: row?.requests ?? "0",
      readBytes24h: row?.read_bytes ?? "0",
      writtenBytes24h: row?.written_bytes ?? "0",
    },
  };
}

async function listClusters({ db }: Ctx, network: number): Promise<BucketPage["clusters"]> {
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

const number = z.string().regex(/^\d{1,60}$/);
const positionSchema = z.tuple([number, number]);

function positionOf(cursor: string): [sorted: string, bucket: string] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}
