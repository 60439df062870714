import { Client } from "pg";
import { expect, it } from "vitest";
import { emptyDatabase } from "../../server/testing/database.ts";
import { localNetwork } from "../network/local-network.ts";
import { appendBlocks, readHead } from "./append-blocks.ts";
import { createDdcIndexes, createDdcTables } from "./ddc-schema.ts";
import { seedIndexer } from "./seed-indexer.ts";

/** What the migrations of cere-squid-indexer leave in an empty PostgreSQL; `?` = nullable. */
const expectedTables = `
account | id varchar, cere_free_balance numeric, ddc_active_balance numeric
ddc_bucket | id varchar, is_public bool, is_removed bool, owner_id_id varchar?, cluster_id_id varchar?, created_at_block_height int, created_at_block_timestamp timestamptz
ddc_bucket_usage | id varchar, block_height int, block_timestamp timestamptz, transferred_bytes numeric, stored_bytes numeric, number_of_puts numeric, number_of_gets numeric, bucket_id_id varchar?
ddc_cluster | id varchar, treasury_share numeric, validators_share numeric, cluster_reserve_share numeric, storage_bond_size numeric, storage_chill_delay int, storage_unbonding_delay int, unit_per_mb_stored numeric, unit_per_mb_streamed numeric, unit_per_put_request numeric, unit_per_get_request numeric, erasure_coding_required int, erasure_coding_total int, replication_total int, status varchar(9), manager_id_id varchar?, created_at_block_height int
ddc_customer_charge | id varchar, block_timestamp timestamptz, amount numeric, account_id_id varchar?
ddc_customer_deposit | id varchar, block_timestamp timestamptz, amount numeric, account_id_id varchar?
ddc_customer_usage | id varchar, block_height int, block_timestamp timestamptz, transferred_bytes numeric, stored_bytes numeric, number_of_puts numeric, number_of_gets numeric, account_id_id varchar?
ddc_node | id varchar, host text, domain text?, ssl bool, http_port int, grpc_port int, p2p_port int, mode varchar(7), provider_id_id varchar?, cluster_id_id varchar?, created_at_block_height int
ddc_node_usage | id varchar, block_height int, block_timestamp timestamptz, transferred_bytes numeric, stored_bytes numeric, number_of_puts numeric, number_of_gets numeric, node_id_id varchar?
`;

const expectedIndexes =
  "ddc_node(id) · ddc_node(provider_id_id) · ddc_node(cluster_id_id) · ddc_cluster(id) · ddc_cluster(manager_id_id) · ddc_bucket(id) · ddc_bucket(owner_id_id) · ddc_bucket(cluster_id_id) · account(id) · ddc_node_usage(id) · ddc_node_usage(node_id_id) · ddc_node_usage(block_timestamp, node_id_id) · ddc_node_usage(block_height, node_id_id) · ddc_bucket_usage(id) · ddc_bucket_usage(bucket_id_id) · ddc_bucket_usage(block_timestamp, bucket_id_id) · ddc_bucket_usage(block_height, bucket_id_id) · ddc_customer_usage(id) · ddc_customer_usage(account_id_id) · ddc_customer_usage(block_timestamp, account_id_id) · ddc_customer_usage(block_height, account_id_id) · ddc_bucket(created_at_block_timestamp, id) · ddc_customer_deposit(id) · ddc_customer_deposit(account_id_id) · ddc_customer_deposit(block_timestamp, amount) · ddc_customer_charge(id) · ddc_customer_charge(account_id_id) · ddc_customer_charge(block_timestamp, amount)";

const shortTypes: Readonly<Record<string, string>> = {
  boolean: "bool",
  integer: "int",
  "timestamp with time zone": "timestamptz",
};

it("has exactly the tables and columns of the public squid", async () => {
  await using database = await emptyDatabase();
  await database.pool.query(createDdcTables);
  const columns = await database.sql<{ table: string; name: string; type: string; nullable: boolean }>(
    `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations' AND a.attnum > 0
     ORDER BY c.relname, a.attnum`,
  );
  const described = Map.groupBy(columns, (column) => column.table);
  const lines = [...described].map(([table, rows]) => {
    const parts = rows.map((row) => `${row.name} ${shortType(row.type)}${row.nullable ? "?" : ""}`);
    return `${table} | ${parts.join(", ")}`;
  });
  expect(lines).toEqual(expectedTables.trim().split("\n"));
});

it("has exactly the indexed columns of the public squid", async () => {
  await using database = await emptyDatabase();
  await database.pool.query(createDdcTables);
  await database.pool.query(createDdcIndexes);
  const indexes = await database.sql<{ described: string }>(
    `SELECT tablename || regexp_replace(indexdef, '^.*USING btree ', '') AS described FROM pg_indexes
     WHERE schemaname = 'public' AND tablename <> 'migrations'`,
  );
  expect(indexes.map((index) => index.described).sort()).toEqual(expectedIndexes.split(" · ").sort());
});

it("tells its height and its unfinalized blocks as every Subsquid database does", async () => {
  await using database = await emptyDatabase();
  await database.pool.query(createDdcTables);
  const columns = await database.sql<{ described: string }>(
    `SELECT table_name || '.' || column_name || ' ' || data_type AS described FROM information_schema.columns
     WHERE table_schema = 'squid_processor' ORDER BY table_name, ordinal_position`,
  );
  expect(columns.map((column) => column.described)).toEqual([
    "hot_block.height integer",
    "hot_block.hash text",
    "hot_change_log.block_height integer",
    "hot_change_log.index integer",
    "hot_change_log.change jsonb",
    "status.id integer",
    "status.height integer",
    "status.hash text",
    "status.nonce integer",
  ]);
});

it("goes on where the history ends and leaves no block out", async () => {
  await using database = await emptyDatabase();
  const network = localNetwork("devnet");
  const at = new Date("2026-11-23T12:00:00Z");
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await seedIndexer(client, { network, at, ports: new Map() });
    const seeded = await readHead(client);
    expect(seeded.height).toBe(network.heightAt(at.getTime()));
    const later = await appendBlocks(client, network, { head: seeded, height: seeded.height + 3_000 });
    const oneMore = await appendBlocks(client, network, { head: later, height: later.height + 1 });
    expect(await readHead(client)).toEqual(oneMore);
  } finally {
    await client.end();
  }
  const [status] = await database.sql<{ height: number }>("SELECT height FROM squid_processor.status");
  const hot = await database.sql<{ height: number }>(
    "SELECT height FROM squid_processor.hot_block ORDER BY 1",
  );
  expect(hot.map((block) => block.height)).toEqual([(status?.height ?? 0) + 1, (status?.height ?? 0) + 2]);
});

it("never charges an account more than it deposited", async () => {
  await using database = await emptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await seedIndexer(client, {
    network: localNetwork("devnet"),
    at: new Date("2026-11-23T12:00:00Z"),
    ports: new Map(),
  });
  await client.end();
  const overdrawn = await database.sql("SELECT id FROM account WHERE ddc_active_balance < 0");
  expect(overdrawn).toEqual([]);
});

function shortType(type: string): string {
  return shortTypes[type] ?? type.replace("character varying", "varchar");
}
