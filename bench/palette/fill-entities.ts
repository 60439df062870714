import { toSs58 } from "../../server/kernel/ss58.ts";
import type { Database } from "../../server/ports/database.ts";

export type Known = { total: number; nodeKeys: string[]; owners: string[]; agents: string[] };

const shares = { nodes: 2_000, owners: 300_000, agents: 100_000 };

/** Nodes, buckets with their owners, and agents whose names share their words, up to `total` entities. Made once. */
export async function fillEntities(
  db: Pick<Database, "sql">,
  total: number,
  say: (line: string) => void,
): Promise<Known> {
  const count = async () =>
    Number((await db.sql<{ rows: string }>("SELECT count(*) AS rows FROM known_entity", [], slow))[0]?.rows);
  if ((await count()) < total) {
    say(`Filling ${total} entities. This happens once.`);
    await db.sql("TRUNCATE known_entity, ddc_node, ddc_cluster, ddc_bucket CASCADE", [], slow);
    // Built at the end: trigrams one row after the other take ten times as long.
    await db.sql("DROP INDEX IF EXISTS known_entity_words", [], slow);
    await db.sql(nodesStatement, [shares.nodes], slow);
    await fillBuckets(db, total - shares.nodes - shares.owners - shares.agents - 1);
    await db.sql(agentsStatement, [shares.agents], slow);
    for (let have = await count(); have < total; have = await count())
      await db.sql(agentsStatement, [total - have + 10], slow);
    await db.sql(wordsIndex, [], slow);
    await db.sql("VACUUM ANALYZE known_entity", [], slow);
  }
  const ids = async (kind: string) =>
    (
      await db.sql<{ id: string }>(
        "SELECT id FROM known_entity WHERE kind = $1 ORDER BY md5(id) LIMIT 20",
        [kind],
        slow,
      )
    ).map(({ id }) => id);
  return {
    total: await count(),
    nodeKeys: await ids("node"),
    owners: await ids("account"),
    agents: await ids("agent"),
  };
}

const slow = { timeoutMs: 600_000 };

/** As the migration has it. */
const wordsIndex = `CREATE INDEX known_entity_words ON known_entity USING gin (words gin_trgm_ops) WHERE words IS NOT NULL`;

const nodesStatement = `
  WITH home AS (
    INSERT INTO ddc_cluster (network, cluster_id) VALUES (3, '0x0059f5ada35eee46802d80750d5ca4a490640511') RETURNING id
  )
  INSERT INTO ddc_node (network, node_key, cluster, registered, reported)
  SELECT 1 + i % 3, '0x' || md5('n' || i) || md5('m' || i), home.id,
         jsonb_build_object('host', format('s%s.%s.example', i, site), 'domain', null),
         jsonb_build_object('host.name', format('%s-s%s', site, i), 'cloud.region', region, 'ddc.provider', 'Northbeam')
  FROM home, generate_series(1, $1::int) AS i,
       LATERAL (SELECT (ARRAY['fsn1', 'ash1', 'sin1', 'hel1'])[1 + i % 4] AS site,
                       (ARRAY['eu-central', 'us-east', 'ap-south', 'eu-north'])[1 + i % 4] AS region) AS place`;

/** Four agents in ten thousand are rare, most share the same words: what makes searching by parts hard. */
const agentsStatement = `
  INSERT INTO known_entity (kind, network, id, name, detail, words)
  SELECT 'agent', 0, '0x' || md5('a' || i) || md5('b' || i) || ':' || name, name, 'agent', name || ' 0x' || left(md5('a' || i), 8)
  FROM generate_series(1, $1::int) AS i, LATERAL (
    SELECT format('%s-%s-%s', (ARRAY['transcript', 'invoice', 'video', 'customer', 'image'])[1 + i % 5],
                  (ARRAY['summarizer', 'classifier', 'parser', 'router'])[1 + i / 5 % 4], substr(md5(i::text), 1, 6)) AS name) AS named
  ON CONFLICT DO NOTHING`;

const page = 20_000;

async function fillBuckets(db: Pick<Database, "sql">, buckets: number): Promise<void> {
  for (let from = 1; from <= buckets; from += page) {
    const ids = Array.from({ length: Math.min(page, buckets - from + 1) }, (_, at) => from + at);
    const owners = ids.map((id) =>
      toSs58(`0x${(id % shares.owners).toString(16).padStart(8, "0").repeat(8)}`),
    );
    await db.sql(
      `INSERT INTO ddc_bucket (network, bucket, owner, is_public, is_removed)
       SELECT 3, bucket, owner, bucket % 2 = 0, bucket % 50 = 0 FROM unnest($1::bigint[], $2::text[]) AS given (bucket, owner)`,
      [ids, owners],
      slow,
    );
  }
}
