import { createHash } from "node:crypto";
import type { Database } from "../ports/database.ts";
import type { Directory, GrantFacts, KnownNode } from "../ports/directory.ts";

/** Clients are many and come and go; beyond this the oldest are forgotten and looked up again when they return. */
const mostClients = 300_000;
const mostGrants = 50_000;

type NodeRow = { id: number; network: number; node_key: string; cluster: number | null };
type ClientRow = { id: number; public_key: Buffer };

/** Keeps the small integers of nodes and clients in memory. `refresh` brings in what others wrote meanwhile. */
export function openDirectory({ sql }: Pick<Database, "sql">): Directory & { refresh(): Promise<void> } {
  const nodes = new Map<number, Map<string, KnownNode>>();
  const clients = new Map<string, number>();
  const grants = new Map<string, number>();

  const remember = (rows: readonly NodeRow[]) => {
    for (const { id, network, node_key, cluster } of rows) {
      const ofNetwork = nodes.get(network) ?? new Map<string, KnownNode>();
      nodes.set(network, ofNetwork);
      const known = ofNetwork.get(node_key);
      if (known) known.cluster = cluster;
      else ofNetwork.set(node_key, { id, cluster });
    }
  };

  const addNodes = async (network: number, nodeKeys: ReadonlySet<string>) => {
    const keys = [...nodeKeys].sort();
    await sql(
      `INSERT INTO ddc_node (network, node_key)
       SELECT $1::smallint, new.said FROM unnest($2::text[]) AS new (said)
       WHERE NOT EXISTS (SELECT 1 FROM ddc_node WHERE network = $1 AND node_key = new.said)
       ON CONFLICT DO NOTHING`,
      [network, keys],
    );
    remember(
      await sql<NodeRow>(
        "SELECT id, network, node_key, cluster FROM ddc_node WHERE network = $1 AND node_key = ANY ($2::text[])",
        [network, keys],
      ),
    );
  };

  const addClients = async (publicKeys: ReadonlySet<string>) => {
    const keys = [...publicKeys].map((key) => Buffer.from(key, "latin1")).sort(Buffer.compare);
    await sql(
      `INSERT INTO ddc_client (public_key)
       SELECT new.said FROM unnest($1::bytea[]) AS new (said)
       WHERE NOT EXISTS (SELECT 1 FROM ddc_client WHERE public_key = new.said)
       ON CONFLICT DO NOTHING`,
      [keys],
    );
    const rows = await sql<ClientRow>(
      "SELECT id, public_key FROM ddc_client WHERE public_key = ANY ($1::bytea[])",
      [keys],
    );
    forgetOldest(clients, clients.size + rows.length - mostClients);
    for (const { id, public_key } of rows) clients.set(public_key.toString("latin1"), id);
  };

  const addGrants = async (facts: ReadonlyMap<string, GrantFacts>) => {
    const named = [...facts].map(([part, of]) => ({ part, of, name: nameOfGrant(part) }));
    named.sort((a, b) => (a.name < b.name ? -1 : 1));
    await sql(
      `INSERT INTO ddc_grant (name, bucket, giver, holder, operations, links, expires_at)
       SELECT decode(name, 'hex'), u64_bits(bucket), decode(giver, 'hex'), decode(holder, 'hex'), operations, links,
         to_timestamp(expires_ms / 1000.0)
       FROM unnest($1::text[], $2::numeric[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::bigint[])
         AS new (name, bucket, giver, holder, operations, links, expires_ms)
       ON CONFLICT DO NOTHING`,
      [
        named.map(({ name }) => name),
        named.map(({ of }) => of.bucket?.toString() ?? null),
        named.map(({ of }) => of.giver),
        named.map(({ of }) => of.holder),
        named.map(({ of }) => of.operations),
        named.map(({ of }) => of.links),
        named.map(({ of }) => of.expiresAt),
      ],
    );
    const rows = await sql<{ id: number; name: string }>(
      "SELECT id, encode(name, 'hex') AS name FROM ddc_grant WHERE name = ANY (SELECT decode(said, 'hex') FROM unnest($1::text[]) AS said)",
      [named.map(({ name }) => name)],
    );
    const ids = new Map(rows.map(({ id, name }) => [name, id]));
    forgetOldest(grants, grants.size + named.length - mostGrants);
    for (const { part, name } of named) grants.set(part, ids.get(name) ?? 0);
  };

  const placeNodes = async (network: number, clusterByNode: ReadonlyMap<string, string>) => {
    await addNodes(network, new Set(clusterByNode.keys()));
    const placed = [...clusterByNode].sort(([a], [b]) => (a < b ? -1 : 1));
    const clusters = [...new Set(clusterByNode.values())].sort();
    await sql(
      `INSERT INTO ddc_cluster (network, cluster_id)
       SELECT $1::smallint, new.said FROM unnest($2::text[]) AS new (said)
       WHERE NOT EXISTS (SELECT 1 FROM ddc_cluster WHERE network = $1 AND cluster_id = new.said)
       ON CONFLICT DO NOTHING`,
      [network, clusters],
    );
    remember(
      await sql<NodeRow>(
        `UPDATE ddc_node SET cluster = ddc_cluster.id
         FROM unnest($2::text[], $3::text[]) AS said (node_key, cluster_id)
         JOIN ddc_cluster ON ddc_cluster.network = $1 AND ddc_cluster.cluster_id = said.cluster_id
         WHERE ddc_node.network = $1 AND ddc_node.node_key = said.node_key AND ddc_node.cluster IS NULL
         RETURNING ddc_node.id, ddc_node.network, ddc_node.node_key, ddc_node.cluster`,
        [network, placed.map(([node]) => node), placed.map(([, cluster]) => cluster)],
      ),
    );
  };

  return {
    findNode: (network, nodeKey) => nodes.get(network)?.get(nodeKey),
    findClient: (publicKey) => clients.get(publicKey),
    findGrant: (part) => grants.get(part),
    addGrants,
    addNodes,
    addClients,
    placeNodes,
    refresh: async () => remember(await sql<NodeRow>("SELECT id, network, node_key, cluster FROM ddc_node")),
  };
}

function forgetOldest(known: Map<string, number>, count: number): void {
  if (count <= 0) return;
  let left = count;
  for (const key of known.keys()) {
    if (left-- === 0) return;
    known.delete(key);
  }
}

function nameOfGrant(part: string): string {
  return createHash("sha256").update(part, "latin1").digest("hex").slice(0, 32);
}
