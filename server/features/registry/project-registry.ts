import type { Network } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { RegisteredCluster, RegisteredNode, RegistrySnapshot } from "../../ports/chain-index.ts";
import type { Database, Transaction } from "../../ports/database.ts";
import type { RegisteredClusterFacts, RegisteredNodeFacts } from "./schema.ts";

export type ProjectionChange = { clusters: number; nodes: number };

/**
 * Makes the console's nodes and clusters show the snapshot, in one transaction with its notice. Rows that activity or
 * telemetry created first are completed, never doubled; what the chain dropped is marked, never deleted.
 */
export async function projectRegistry(
  db: Database,
  { network, snapshot, at }: { network: Network; snapshot: RegistrySnapshot; at: Date },
): Promise<ProjectionChange> {
  const project = async (tx: Transaction): Promise<ProjectionChange> => {
    const clusters = await countOf(tx, clusterStatement, [network.id, clustersJson(snapshot.clusters), at]);
    const nodes = await countOf(tx, nodeStatement, [network.id, nodesJson(snapshot.nodes), at]);
    const ids = [...(clusters > 0 ? ["clusters"] : []), ...(nodes > 0 ? ["nodes"] : [])];
    if (ids.length > 0) {
      const notice = encodeNotice({ topic: "registry", network: network.id, ids, at: at.getTime() });
      await tx.$executeRawUnsafe("SELECT pg_notify($1, $2)", noticeChannel, notice);
    }
    return { clusters, nodes };
  };
  return db.prisma.$transaction(project, { maxWait: 5_000, timeout: 15_000 });
}

async function countOf(tx: Transaction, statement: string, values: readonly unknown[]): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ rows: number }[]>(statement, ...values);
  return row?.rows ?? 0;
}

/** Only what differs is written: an upsert would use up an id of the sequence for every row and poll. */
const clusterStatement = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($2::text::jsonb) AS g(id text, registered jsonb, height integer)
  ), added AS (
    INSERT INTO ddc_cluster (network, cluster_id, registered, registered_at_height, seen_at)
    SELECT $1::smallint, g.id, g.registered, g.height, $3::timestamptz FROM given g
    WHERE NOT EXISTS (SELECT FROM ddc_cluster c WHERE c.network = $1::smallint AND c.cluster_id = g.id)
    ORDER BY g.id
    ON CONFLICT DO NOTHING RETURNING 1
  ), changed AS (
    UPDATE ddc_cluster c
    SET registered = g.registered, registered_at_height = coalesce(c.registered_at_height, g.height)
    FROM given g
    WHERE c.network = $1::smallint AND c.cluster_id = g.id AND c.registered IS DISTINCT FROM g.registered
    RETURNING 1
  )
  SELECT ((SELECT count(*) FROM added) + (SELECT count(*) FROM changed))::integer AS rows`;

const nodeStatement = `
  WITH given AS (
    SELECT g.key, g.provider, g.registered, g.height, c.id AS cluster
    FROM jsonb_to_recordset($2::text::jsonb) AS g(key text, provider text, cluster text, registered jsonb, height integer)
    LEFT JOIN ddc_cluster c ON c.network = $1::smallint AND c.cluster_id = g.cluster
  ), added AS (
    INSERT INTO ddc_node (network, node_key, cluster, provider, registered, registered_at_height, seen_at)
    SELECT $1::smallint, g.key, g.cluster, g.provider, g.registered, g.height, $3::timestamptz FROM given g
    WHERE NOT EXISTS (SELECT FROM ddc_node n WHERE n.network = $1::smallint AND n.node_key = g.key)
    ORDER BY g.key
    ON CONFLICT DO NOTHING RETURNING 1
  ), differing AS (
    SELECT n.id, g.provider, g.registered, g.height, coalesce(g.cluster, n.cluster) AS cluster
    FROM given g JOIN ddc_node n ON n.network = $1::smallint AND n.node_key = g.key
    WHERE n.removed_at IS NOT NULL
       OR (n.provider, n.registered) IS DISTINCT FROM (g.provider, g.registered)
       OR n.cluster IS DISTINCT FROM coalesce(g.cluster, n.cluster)
    ORDER BY n.id FOR NO KEY UPDATE OF n
  ), changed AS (
    UPDATE ddc_node n
    SET provider = d.provider, registered = d.registered, cluster = d.cluster, removed_at = NULL,
        registered_at_height = coalesce(n.registered_at_height, d.height)
    FROM differing d WHERE n.id = d.id RETURNING 1
  ), removed AS (
    UPDATE ddc_node n SET removed_at = $3::timestamptz
    FROM (SELECT gone.id FROM ddc_node gone
          WHERE gone.network = $1::smallint AND gone.registered IS NOT NULL AND gone.removed_at IS NULL
            AND NOT EXISTS (SELECT FROM given g WHERE g.key = gone.node_key)
          ORDER BY gone.id FOR NO KEY UPDATE) AS missing
    WHERE n.id = missing.id RETURNING 1
  )
  SELECT ((SELECT count(*) FROM added) + (SELECT count(*) FROM changed) + (SELECT count(*) FROM removed))::integer AS rows`;

function clustersJson(clusters: readonly RegisteredCluster[]): string {
  return JSON.stringify(
    clusters.map(({ clusterId, createdAtHeight, ...registered }) => {
      const facts: RegisteredClusterFacts = registered;
      return { id: clusterId, height: createdAtHeight, registered: facts };
    }),
  );
}

function nodesJson(nodes: readonly RegisteredNode[]): string {
  return JSON.stringify(
    nodes.map(({ nodeKey, providerId, createdAtHeight, ...registered }) => {
      const facts: RegisteredNodeFacts = registered;
      return {
        key: nodeKey,
        provider: providerId,
        cluster: facts.clusterId,
        height: createdAtHeight,
        registered: facts,
      };
    }),
  );
}
