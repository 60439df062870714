import type { Client } from "pg";

const layers = 12;
const perLayer = 25_000;
const drawnEdges = 1_150_000;
const mainnet = 3;

export async function edgeCount(client: Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>("SELECT count(*) AS n FROM lineage_edge");
  return Number(rows[0]?.n ?? 0);
}

/** Layer on layer, as pipelines are: a few things are used by thousands, most by a handful. */
export async function fillGraph(client: Client, say: (line: string) => void): Promise<void> {
  say("Filling a million edges. This happens once.");
  await client.query("TRUNCATE lineage_edge, lineage_node CASCADE");
  await client.query("SELECT setseed(0.42)");
  await client.query(
    `INSERT INTO lineage_node (network, kind, key, first_at) OVERRIDING SYSTEM VALUE
     SELECT $1, 0, 'db thing-' || lpad(n::text, 7, '0'), now() - interval '31 days' FROM generate_series(0, $2) AS n`,
    [mainnet, layers * perLayer - 1],
  );
  const { rows } = await client.query<{ first: string }>("SELECT min(id) AS first FROM lineage_node");
  await client.query(
    `INSERT INTO lineage_edge (from_node, to_node, valid_from, network, kind, grade)
     SELECT $1 + layer * $2 + floor(random() * $2)::bigint,
       $1 + (layer + 1) * $2 + floor($2 * power(random(), 3))::bigint,
       now() - interval '30 days' * random(), $3, 1, 1
     FROM (SELECT floor(random() * $4)::integer AS layer FROM generate_series(1, $5)) AS drawn
     ON CONFLICT DO NOTHING`,
    [rows[0]?.first, perLayer, mainnet, layers - 1, drawnEdges],
  );
  await client.query("VACUUM (ANALYZE) lineage_edge");
  await client.query("VACUUM (ANALYZE) lineage_node");
}

/** Things of all layers; every tenth is a hub. */
export async function sampleRoots(client: Client, count: number): Promise<string[]> {
  const hubs = await client.query<{ key: string }>(
    `SELECT key FROM lineage_node JOIN (SELECT to_node FROM lineage_edge GROUP BY to_node
       ORDER BY count(*) DESC LIMIT $1) AS hub ON hub.to_node = id`,
    [Math.ceil(count / 10)],
  );
  const others = await client.query<{ key: string }>(
    "SELECT key FROM lineage_node ORDER BY md5(id::text) LIMIT $1",
    [count - hubs.rows.length],
  );
  const mixed = [...hubs.rows, ...others.rows].map(({ key }) => key);
  return mixed.sort((a, b) => (a.slice(-3) < b.slice(-3) ? -1 : 1));
}
