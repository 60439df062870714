import { Client } from "pg";
import { expect } from "vitest";
import type { ActivityTotal } from "../../../localnet/nodes/activity-source.ts";
import { operations, statuses } from "../../kernel/cells.ts";
import { grains } from "../../kernel/grains.ts";
import { latencyBin } from "../../kernel/latency.ts";

type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

const statementMs = 180_000;

/**
 * What was written is what is there: each node's rows and bytes by operation and status, no offset twice and none missing,
 * and every rollup of every grain and scope, cell by cell, as summed up from the rows by other means.
 */
export async function requireExact(databaseUrl: string, written: readonly ActivityTotal[]): Promise<void> {
  // Not through the pool, whose statements have ten seconds: these look at every row many times.
  const client = new Client({ connectionString: databaseUrl, statement_timeout: statementMs });
  await client.connect();
  try {
    const sql: Query = async (text, values = []) => (await client.query(text, [...values])).rows;
    await requireAll(sql, written);
  } finally {
    await client.end();
  }
}

async function requireAll(sql: Query, written: readonly ActivityTotal[]): Promise<void> {
  // Of a table that was just filled nothing is known: a plan for a few rows once took ten minutes for all of them.
  await sql("ANALYZE activity");
  await requireRows(sql, written);
  await requireOffsets(sql);
  await binLatencies(sql);
  await sumUpRows(sql);
  for (const grain of grains)
    expect(await wrongRollups(sql, grain.name, grain.ms), `rollup_${grain.name}`).toEqual([]);
}

async function requireRows(sql: Query, written: readonly ActivityTotal[]): Promise<void> {
  const rows = await sql<{ key: string; records: string; bytes: string }>(
    `SELECT node_key || ' ' || operation || ' ' || status AS key, count(*) AS records, sum(bytes) AS bytes
     FROM activity JOIN ddc_node ON ddc_node.id = node GROUP BY 1`,
  );
  const found = Object.fromEntries(rows.map(({ key, records }) => [key, Number(records)]));
  const expected = Object.fromEntries(written.map((total) => [keyOf(total), total.records]));
  expect(found).toEqual(expected);
  const acknowledged = new Map(written.map((total) => [keyOf(total), total.acknowledgedBytes]));
  // A put that nobody acknowledged counts with its own size, which totals do not have.
  for (const { key, bytes } of rows) {
    if (key.includes(" 0 ")) expect(Number(bytes)).toBeGreaterThanOrEqual(acknowledged.get(key) ?? 0);
    else expect(Number(bytes)).toBe(acknowledged.get(key) ?? 0);
  }
}

function keyOf({ node, operation, status }: ActivityTotal): string {
  return `${node} ${operations.indexOf(operation)} ${statuses.indexOf(status)}`;
}

async function requireOffsets(sql: Query): Promise<void> {
  // Sorted: hashed, a place a row does not fit into memory, however well it is known.
  await sql("SET enable_hashagg = off");
  const [sums] = await sql<Record<string, string>>(
    `SELECT (SELECT count(*) FROM activity) AS rows, (SELECT count(*) FROM (SELECT DISTINCT source, kafka_offset FROM activity) AS places) AS places,
       sum(records) AS records, sum(next_offset) AS next, sum(records + duplicates + dead_letters) AS judged
     FROM ingest_offset`,
  );
  await sql("RESET enable_hashagg");
  // Every offset was judged once: stored, a repeat or a dead letter.
  expect(sums).toMatchObject({ places: sums?.rows, records: sums?.rows, judged: sums?.next });
}

async function binLatencies(sql: Query): Promise<void> {
  const rows = await sql<{ us: number }>(
    "SELECT DISTINCT latency_us AS us FROM activity WHERE latency_us IS NOT NULL",
  );
  await sql("CREATE TEMPORARY TABLE test_bin (us integer PRIMARY KEY, bin integer NOT NULL)");
  await sql("INSERT INTO test_bin SELECT * FROM unnest($1::integer[], $2::integer[])", [
    rows.map(({ us }) => us),
    rows.map(({ us }) => latencyBin(us)),
  ]);
}

/** Requests by scope, subject, second and cell, once for all grains. */
async function sumUpRows(sql: Query): Promise<void> {
  await sql(
    `CREATE TEMPORARY TABLE test_cell AS
     SELECT scope, network, subject, date_trunc('second', at) AS at, (operation << 13) | (status << 10) | coalesce(bin, 0) AS cell,
       count(*) AS requests, count(*) FILTER (WHERE status IN (2, 3)) AS failures,
       coalesce(sum(bytes) FILTER (WHERE operation = 1), 0) AS read_bytes,
       coalesce(sum(bytes) FILTER (WHERE operation = 0), 0) AS written_bytes
     FROM activity LEFT JOIN test_bin ON us = latency_us JOIN (SELECT id, cluster FROM ddc_node) AS of_node ON of_node.id = node
     CROSS JOIN LATERAL (VALUES (1, 0::bigint), (2, cluster::bigint), (3, node::bigint), (4, bucket)) AS of (scope, subject)
     WHERE subject IS NOT NULL GROUP BY 1, 2, 3, 4, 5`,
  );
}

/** Rows in which the rollup and the sums of the rows differ, either way. */
async function wrongRollups(sql: Query, grain: string, ms: number): Promise<unknown[]> {
  return sql(
    `WITH cells AS (
       SELECT scope, network, subject, to_timestamp(floor(extract(epoch FROM at) * 1000 / ${ms}) * ${ms} / 1000) AS at, cell,
         sum(requests) AS requests, sum(failures) AS failures, sum(read_bytes) AS read_bytes, sum(written_bytes) AS written_bytes
       FROM test_cell GROUP BY 1, 2, 3, 4, 5),
     expected AS (
       SELECT scope, network, subject, at, sum(requests) AS requests, sum(failures) AS failures, sum(read_bytes) AS read_bytes,
         sum(written_bytes) AS written_bytes, array_agg((cell::bigint << 36) | requests::bigint ORDER BY cell) AS cells
       FROM cells GROUP BY 1, 2, 3, 4),
     found AS (
       SELECT scope::int, network, subject, at::timestamptz, requests::numeric, failures::numeric, read_bytes, written_bytes,
         cells_compact(cells) AS cells FROM rollup_${grain})
     (SELECT 'missing' AS what, expected.* FROM expected EXCEPT ALL SELECT 'missing', found.* FROM found)
     UNION ALL (SELECT 'too much' AS what, found.* FROM found EXCEPT ALL SELECT 'too much', expected.* FROM expected)
     LIMIT 5`,
  );
}
