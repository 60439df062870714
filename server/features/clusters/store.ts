import { cellsAsText, cellsFromText } from "../../kernel/packed-cells.ts";
import type { Database } from "../../ports/database.ts";
import { addCells, emptyHistogram, type LatencyMs, latencyOf } from "../nodes/dense-histogram.ts";
import { type RegisteredClusterFacts, registeredClusterSchema } from "../registry/schema.ts";

type Db = Pick<Database, "sql">;

export type ClusterIdentity = {
  id: number;
  clusterId: string;
  registered: RegisteredClusterFacts | null;
  createdAtHeight: number | null;
  /** Nodes that the chain index itself puts here, without what telemetry adds. */
  indexedNodes: number;
  buckets: { total: number; public: number; removed: number } | null;
};

type IdentityRow = Omit<ClusterIdentity, "registered" | "buckets"> & {
  registered: unknown;
  total: number;
  public: number;
  removed: number;
};

/** All clusters of a network, or one. */
export async function listIdentities(
  { sql }: Db,
  network: number,
  clusterId: string | null = null,
): Promise<ClusterIdentity[]> {
  const rows = await sql<IdentityRow>(
    `SELECT c.id, c.cluster_id AS "clusterId", c.registered, c.registered_at_height AS "createdAtHeight",
            coalesce(b.total, 0) AS total, coalesce(b.public, 0) AS public, coalesce(b.removed, 0) AS removed,
            (SELECT count(*) FROM ddc_node n WHERE n.network = $1 AND n.removed_at IS NULL
               AND n.registered->>'clusterId' = c.cluster_id)::integer AS "indexedNodes"
     FROM ddc_cluster c
     LEFT JOIN (
       SELECT cluster, count(*)::integer AS total, count(*) FILTER (WHERE is_public AND NOT is_removed)::integer AS public,
              count(*) FILTER (WHERE is_removed)::integer AS removed
       FROM ddc_bucket WHERE network = $1 GROUP BY cluster
     ) AS b ON b.cluster = c.id
     WHERE c.network = $1 AND ($2::text IS NULL OR c.cluster_id = $2) ORDER BY c.cluster_id`,
    [network, clusterId],
  );
  return rows.map(({ registered, total, public: open, removed, ...identity }) => ({
    ...identity,
    registered: registered === null ? null : registeredClusterSchema.parse(registered),
    buckets: registered === null ? null : { total, public: open, removed },
  }));
}

/** The running minute, and the one before while it is young: the window of a node's percentiles. */
const youngMs = 30_000;

/** By `ddc_cluster.id`; sketches of all its nodes merged. */
export async function listLatencies(
  { sql }: Db,
  { network, ids, at }: { network: number; ids: readonly number[]; at: Date },
): Promise<Map<number, LatencyMs>> {
  const from = new Date(Math.floor((at.getTime() - youngMs) / 60_000) * 60_000);
  const rows = await sql<{ cluster: number; cells: string }>(
    `SELECT subject::integer AS cluster, ${cellsAsText} AS cells FROM rollup_1m
     WHERE scope = 2 AND network = $1 AND subject = ANY ($2::bigint[]) AND at >= $3 AND at <= $4`,
    [network, ids, from, at],
  );
  return new Map(
    [...Map.groupBy(rows, ({ cluster }) => cluster)].map(([cluster, own]) => {
      const histogram = emptyHistogram();
      for (const { cells } of own) addCells(histogram, cellsFromText(cells));
      return [cluster, latencyOf(histogram)];
    }),
  );
}

/** `ddc_cluster.id` of a cluster that anything has named. */
export async function findClusterId(
  { sql }: Db,
  { network, clusterId }: { network: number; clusterId: string },
): Promise<number | null> {
  const rows = await sql<{ id: number }>(
    "SELECT id FROM ddc_cluster WHERE network = $1 AND cluster_id = $2",
    [network, clusterId],
  );
  return rows[0]?.id ?? null;
}
