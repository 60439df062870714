import { invalid, notFound } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { ContentTarget } from "../../ports/content-store.ts";
import type { Database } from "../../ports/database.ts";
import { registeredNodeSchema } from "../registry/schema.ts";

/** A registered node that may be asked for content of a bucket. */
export type ContentNode = {
  id: number;
  key: string;
  name: string;
  region: string | null;
  target: ContentTarget;
};

type NodeRow = {
  id: number;
  key: string;
  name: string | null;
  region: string | null;
  registered: unknown;
  probe?: string | null;
  latencyMs?: number | null;
};

export type ContentPlace = { network: NetworkName; bucket: string };

/**
 * The registered nodes of the bucket's cluster (of the network, where the registry does not know the bucket), in the order
 * in which a reader asks: Full and Cache before Storage, those that answer probes first, the quick before the slow.
 */
export async function listContentNodes(
  db: Pick<Database, "sql">,
  { network, bucket }: ContentPlace,
): Promise<ContentNode[]> {
  const rows = await db.sql<NodeRow>(
    `SELECT n.id, n.node_key AS key, n.reported->>'host.name' AS name, n.reported->>'cloud.region' AS region,
            n.registered, p.kind AS probe, p.latency_ms AS "latencyMs"
     FROM ddc_node n
     LEFT JOIN node_probe_state p ON p.node = n.id
     LEFT JOIN ddc_bucket b ON b.network = n.network AND b.bucket = $2
     WHERE n.network = $1 AND n.registered IS NOT NULL AND n.removed_at IS NULL
       AND (b.cluster IS NULL OR n.cluster = b.cluster)`,
    [networkByName(network).id, signedBucket(bucket)],
  );
  return rows.sort((a, b) => rankOf(a) - rankOf(b) || a.id - b.id).flatMap(toNode);
}

/** The node with this key, if the chain registers it. */
export async function getContentNode(
  db: Pick<Database, "sql">,
  { network, key }: { network: NetworkName; key: string },
): Promise<ContentNode> {
  const rows = await db.sql<NodeRow>(
    `SELECT id, node_key AS key, reported->>'host.name' AS name, reported->>'cloud.region' AS region, registered
     FROM ddc_node WHERE network = $1 AND node_key = $2 AND registered IS NOT NULL AND removed_at IS NULL`,
    [networkByName(network).id, key],
  );
  const node = rows.flatMap(toNode)[0];
  if (!node) throw notFound("registered node", key);
  return node;
}

/** Every registered node of every network. */
export async function listRegisteredNodes(
  db: Pick<Database, "sql">,
): Promise<(ContentNode & { network: number })[]> {
  const rows = await db.sql<NodeRow & { network: number }>(
    `SELECT id, network, node_key AS key, reported->>'host.name' AS name, reported->>'cloud.region' AS region, registered
     FROM ddc_node WHERE registered IS NOT NULL AND removed_at IS NULL ORDER BY id`,
  );
  return rows.flatMap((row) => toNode(row).map((node) => ({ ...node, network: row.network })));
}

export function unsignedBucket(signed: string): string {
  return BigInt.asUintN(64, BigInt(signed)).toString();
}

/** A bucket's u64 as the tables hold it. */
export function signedBucket(bucket: string): string {
  if (!/^\d{1,20}$/.test(bucket)) throw invalid("A bucket is a whole number.");
  return BigInt.asIntN(64, BigInt(bucket)).toString();
}

const modeRank: Readonly<Record<string, number>> = { Full: 0, Cache: 0, Storage: 1 };

function rankOf({ registered, probe, latencyMs }: NodeRow): number {
  const parsed = registeredNodeSchema.safeParse(registered);
  const mode = modeRank[parsed.data?.mode ?? ""] ?? 2;
  return (probe === "failed" ? 1e9 : 0) + mode * 1e6 + Math.min(1e5, latencyMs ?? 1e5);
}

/** What the registry holds is judged again: it came from outside. */
function toNode({ id, key, name, region, registered }: NodeRow): ContentNode[] {
  const parsed = registeredNodeSchema.safeParse(registered);
  if (!parsed.success) return [];
  const { host, domain, ssl, httpPort, grpcPort } = parsed.data;
  return [
    {
      id,
      key,
      name: name ?? `${key.slice(0, 8)}…`,
      region,
      target: { host, domain, ssl, httpPort, grpcPort },
    },
  ];
}
