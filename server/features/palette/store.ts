import type { Database } from "../../ports/database.ts";

type Db = Pick<Database, "sql">;

export type FoundNode = {
  network: number;
  key: string;
  provider: string | null;
  host: string | null;
  domain: string | null;
  reported: Record<string, unknown> | null;
  clusterId: string | null;
};

export type FoundCluster = { network: number; clusterId: string; nodes: number };

const nodeColumns = `n.network, n.node_key AS key, n.provider, n.registered->>'host' AS host,
  n.registered->>'domain' AS domain, n.reported, c.cluster_id AS "clusterId"`;

/** Nodes with this key. */
export async function findNodesByKey(db: Db, networks: readonly number[], key: string): Promise<FoundNode[]> {
  return db.sql<FoundNode>(
    `SELECT ${nodeColumns} FROM ddc_node n LEFT JOIN ddc_cluster c ON c.id = n.cluster
     WHERE n.network = ANY ($1::smallint[]) AND n.node_key = $2`,
    [networks, key],
  );
}

export async function countNodesOfProvider(
  db: Db,
  networks: readonly number[],
  provider: string,
): Promise<{ network: number; nodes: number }[]> {
  return db.sql(
    `SELECT network, count(*)::int AS nodes FROM ddc_node
     WHERE network = ANY ($1::smallint[]) AND provider = $2 AND removed_at IS NULL
     GROUP BY network ORDER BY network DESC`,
    [networks, provider],
  );
}

export async function findClusters(
  db: Db,
  networks: readonly number[],
  clusterId: string,
): Promise<FoundCluster[]> {
  return db.sql<FoundCluster>(
    `SELECT c.network, c.cluster_id AS "clusterId",
            (SELECT count(*) FROM ddc_node n WHERE n.cluster = c.id AND n.removed_at IS NULL)::int AS nodes
     FROM ddc_cluster c WHERE c.network = ANY ($1::smallint[]) AND c.cluster_id = $2 ORDER BY c.network DESC`,
    [networks, clusterId],
  );
}

/** `network` comes first in the answer; only `networks` are looked at. */
type Search = { network: number; networks: readonly number[]; words: readonly string[]; limit: number };

/** With the number of all that match. */
type Found<Row> = Row & { total: number };

/** Every word must be part of the node's names or ids. The asked network comes first, then names that begin with it. */
export async function searchNodes(
  db: Db,
  { network, networks, words, limit }: Search,
): Promise<Found<FoundNode>[]> {
  return db.sql<Found<FoundNode>>(
    `SELECT ${nodeColumns}, count(*) OVER ()::int AS total
     FROM ddc_node n LEFT JOIN ddc_cluster c ON c.id = n.cluster
     CROSS JOIN LATERAL (SELECT lower(coalesce(n.reported->>'host.name', '')) AS name) AS named
     WHERE n.network = ANY ($5::smallint[]) AND concat_ws(' ', named.name, lower(n.registered->>'host'), lower(n.registered->>'domain'), n.node_key,
                     lower(n.provider), lower(n.reported->>'ddc.provider'), lower(n.reported->>'cloud.region'), c.cluster_id,
                     lower(n.reported->>'ddc.cluster.name'))
           LIKE ALL ($2::text[])
     ORDER BY n.network <> $1, named.name NOT LIKE $3, n.removed_at IS NOT NULL, named.name, n.node_key
     LIMIT $4`,
    [network, words.map((word) => `%${escaped(word)}%`), `${escaped(words[0] ?? "")}%`, limit, networks],
  );
}

export async function searchClusters(
  db: Db,
  { network, networks, words, limit }: Search,
): Promise<Found<FoundCluster>[]> {
  return db.sql<Found<FoundCluster>>(
    `SELECT c.network, c.cluster_id AS "clusterId",
            (SELECT count(*) FROM ddc_node n WHERE n.cluster = c.id AND n.removed_at IS NULL)::int AS nodes, count(*) OVER ()::int AS total
     FROM ddc_cluster c WHERE c.network = ANY ($4::smallint[]) AND c.cluster_id LIKE ALL ($2::text[])
     ORDER BY c.network <> $1, c.cluster_id LIMIT $3`,
    [network, words.map((word) => `%${escaped(word)}%`), limit, networks],
  );
}

function escaped(word: string): string {
  return word.toLowerCase().replace(/[\\%_]/g, "\\$&");
}
