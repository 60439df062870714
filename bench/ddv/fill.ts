import type { Client } from "pg";
import { partitionAt } from "../../server/ingest/time-partitions.ts";

export type Plan = {
  rows: number;
  cids: number;
  buckets: number;
  nodes: number;
  clients: number;
  days: number;
};

const dayMs = 86_400_000;

/** Popularity is skewed: a few buckets hold most CIDs, a few CIDs get most requests. The same every time. */
export async function fill(client: Client, plan: Plan, say: (line: string) => void): Promise<void> {
  const startedAt = performance.now();
  const step = async (what: string, statement: string) => {
    await client.query(statement);
    say(`${Math.round((performance.now() - startedAt) / 1000)} s: ${what}`);
  };
  await client.query("SELECT setseed(0.5)");
  await step("nodes, accounts and buckets", identities(plan));
  await step(`${plan.cids} CIDs`, cids(plan));
  for (let day = 0; day < plan.days; day++)
    await step(`activity of day ${day + 1} of ${plan.days}`, activity(plan, day));
  await step("pieces", pieces);
  await step("sums of buckets", sums);
  await step("rollups", rollups(plan));
  await step("statistics", "ANALYZE");
}

function identities({ nodes, clients, buckets }: Plan): string {
  return `
    INSERT INTO ddc_cluster (network, cluster_id) SELECT 3, '0x' || lpad(to_hex(n), 40, '0') FROM generate_series(1, 4) AS n;
    INSERT INTO ddc_node (network, node_key, cluster) SELECT 3, '0x' || lpad(to_hex(n), 64, '0'), 1 + n % 4 FROM generate_series(1, ${nodes}) AS n;
    INSERT INTO ddc_client (public_key) SELECT sha256(int4send(n)) FROM generate_series(1, ${clients}) AS n;
    INSERT INTO ddc_bucket (network, bucket, owner, cluster, is_public, is_removed, created_at)
    SELECT 3, n, 'owner ' || n % 3000, 1 + n % 4, n % 3 > 0, false, now() FROM generate_series(0, ${buckets - 1}) AS n;
    INSERT INTO registry_source (network, family, state, since, checked_at, identity, identity_reason, projected_height)
    VALUES (3, 'ddc', 'ok', now(), now(), 'proved', 'bench', 1)`;
}

function cids({ cids: count, buckets }: Plan): string {
  return `
    CREATE UNLOGGED TABLE bench_cid AS
    SELECT n, bucket, cid, ('x' || encode(substr(cid, 5, 8), 'hex'))::bit(64)::bigint AS prefix FROM (
      SELECT n, floor(${buckets} * power(random(), 4))::bigint AS bucket, '\\x01021e20'::bytea || sha256(int4send(n)) AS cid
      FROM generate_series(0, ${count - 1}) AS n) AS made`;
}

/** Filled before it is attached: then its indexes are built at once. */
function activity({ rows, cids: count, nodes, clients, days }: Plan, day: number): string {
  const start = Date.now() - (days - 1 - day) * dayMs;
  const { name, from, to } = partitionAt("activity", start);
  const end = Math.min(to.getTime(), Date.now());
  const perDay = Math.ceil(rows / days);
  const values = `
    SELECT '${from.toISOString()}'::timestamptz + n * interval '${(end - from.getTime()) / perDay} ms' AS at,
           floor(${count} * power(random(), 3))::integer AS c, n, random() AS dice FROM generate_series(0, ${perDay - 1}) AS n`;
  return `
    CREATE TABLE ${name} (LIKE activity INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
    INSERT INTO ${name} (at, bucket, bytes, size, byte_offset, cid_prefix, kafka_offset, node, client, latency_us, source,
      network, operation, status, content_type, cid)
    SELECT v.at, p.bucket, 1000 + v.n % 100000, NULL, NULL, p.prefix, v.n, 1 + v.n % ${nodes}, 1 + v.n % ${clients},
      (1000 + v.dice * 50000)::integer, 1, 3, CASE WHEN v.dice < 0.1 THEN 0 ELSE 1 END, CASE WHEN v.dice > 0.98 THEN 1 ELSE 0 END, 0, p.cid
    FROM (${values}) AS v JOIN bench_cid AS p ON p.n = v.c ORDER BY v.at;
    ALTER TABLE activity ATTACH PARTITION ${name} FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`;
}

const pieces = `
  INSERT INTO ddc_piece (network, bucket, cid, known, first_seen, last_seen, last_read, requests, reads, writes, read_bytes, size_bytes)
  SELECT 3, bucket, cid, 4, now() - interval '7 days' + n * interval '100 ms', now(), now(), 10, 9, 1, 90000, 10000 FROM bench_cid`;

const sums = `
  INSERT INTO ddc_bucket_use (network, bucket, known, first_seen, last_seen, requests, objects, used_objects, read_bytes, written_bytes)
  SELECT 3, bucket, 4, now() - interval '7 days', now(), count(*) * 10, count(*), count(*), count(*) * 90000, count(*) * 10000
  FROM bench_cid GROUP BY bucket;
  DROP TABLE bench_cid`;

function rollups({ days, buckets }: Plan): string {
  const grain = (name: "1h" | "1d", hours: number, count: number) => {
    const parts = new Set(Array.from({ length: count }, (_, n) => partitionName(name, n * hours)));
    const made = [...parts].map((sql) => sql).join(";\n");
    return `${made};
      INSERT INTO rollup_${name} (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
      SELECT 3, 4, bucket, date_bin('${hours} hours', now(), '2000-01-01Z') - h * interval '${hours} hours', 90, 1, 90000, 9000,
        ARRAY[(8192::bigint + 300) * 68719476736 + 80, (300::bigint) * 68719476736 + 10]
      FROM generate_series(0, ${buckets - 1}) AS bucket, generate_series(0, ${count - 1}) AS h`;
  };
  return `${grain("1h", 1, 48)}; ${grain("1d", 24, days)}`;
}

function partitionName(grain: "1h" | "1d", hoursAgo: number): string {
  const { name, from, to } = partitionAt(`rollup_${grain}`, Date.now() - hoursAgo * 3_600_000);
  return `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF rollup_${grain} FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`;
}
