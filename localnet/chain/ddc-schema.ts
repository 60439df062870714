/**
 * The tables that cere-squid-indexer's migrations leave behind, in our own words: names, types, nullability, keys and
 * indexed columns are those of the real database, so that the console meets here what it will meet there.
 */
const tables = `
CREATE TABLE account (
  id varchar PRIMARY KEY,
  cere_free_balance numeric NOT NULL,
  ddc_active_balance numeric NOT NULL
);
CREATE TABLE ddc_cluster (
  id varchar PRIMARY KEY,
  treasury_share numeric NOT NULL,
  validators_share numeric NOT NULL,
  cluster_reserve_share numeric NOT NULL,
  storage_bond_size numeric NOT NULL,
  storage_chill_delay integer NOT NULL,
  storage_unbonding_delay integer NOT NULL,
  unit_per_mb_stored numeric NOT NULL,
  unit_per_mb_streamed numeric NOT NULL,
  unit_per_put_request numeric NOT NULL,
  unit_per_get_request numeric NOT NULL,
  erasure_coding_required integer NOT NULL,
  erasure_coding_total integer NOT NULL,
  replication_total integer NOT NULL,
  status varchar(9) NOT NULL,
  manager_id_id varchar,
  created_at_block_height integer NOT NULL DEFAULT -1
);
CREATE TABLE ddc_node (
  id varchar PRIMARY KEY,
  host text NOT NULL,
  domain text,
  ssl boolean NOT NULL,
  http_port integer NOT NULL,
  grpc_port integer NOT NULL,
  p2p_port integer NOT NULL,
  mode varchar(7) NOT NULL,
  provider_id_id varchar,
  cluster_id_id varchar,
  created_at_block_height integer NOT NULL DEFAULT -1
);
CREATE TABLE ddc_bucket (
  id varchar PRIMARY KEY,
  is_public boolean NOT NULL,
  is_removed boolean NOT NULL,
  owner_id_id varchar,
  cluster_id_id varchar,
  created_at_block_height integer NOT NULL DEFAULT -1,
  created_at_block_timestamp timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE ddc_customer_charge (
  id varchar PRIMARY KEY,
  block_timestamp timestamptz NOT NULL,
  amount numeric NOT NULL,
  account_id_id varchar
);
CREATE TABLE ddc_customer_deposit (
  id varchar PRIMARY KEY,
  block_timestamp timestamptz NOT NULL,
  amount numeric NOT NULL,
  account_id_id varchar
);
CREATE TABLE migrations (id serial PRIMARY KEY, "timestamp" bigint NOT NULL, name varchar NOT NULL);
CREATE SCHEMA squid_processor;
CREATE TABLE squid_processor.status (
  id integer PRIMARY KEY,
  height integer NOT NULL,
  hash text DEFAULT '0x',
  nonce integer DEFAULT 0
);
CREATE TABLE squid_processor.hot_block (height integer PRIMARY KEY, hash text NOT NULL);
CREATE TABLE squid_processor.hot_change_log (
  block_height integer NOT NULL REFERENCES squid_processor.hot_block (height) ON DELETE CASCADE,
  index integer NOT NULL,
  change jsonb NOT NULL,
  PRIMARY KEY (block_height, index)
);
`;

const usageColumns = `
  id varchar PRIMARY KEY,
  block_height integer NOT NULL,
  block_timestamp timestamptz NOT NULL,
  transferred_bytes numeric NOT NULL,
  stored_bytes numeric NOT NULL,
  number_of_puts numeric NOT NULL,
  number_of_gets numeric NOT NULL`;

const usageTables = [
  { table: "ddc_bucket_usage", entity: "bucket_id_id" },
  { table: "ddc_node_usage", entity: "node_id_id" },
  { table: "ddc_customer_usage", entity: "account_id_id" },
];

const references = [
  { table: "ddc_cluster", column: "manager_id_id", target: "account" },
  { table: "ddc_node", column: "provider_id_id", target: "account" },
  { table: "ddc_node", column: "cluster_id_id", target: "ddc_cluster" },
  { table: "ddc_bucket", column: "owner_id_id", target: "account" },
  { table: "ddc_bucket", column: "cluster_id_id", target: "ddc_cluster" },
  { table: "ddc_bucket_usage", column: "bucket_id_id", target: "ddc_bucket" },
  { table: "ddc_node_usage", column: "node_id_id", target: "ddc_node" },
  { table: "ddc_customer_usage", column: "account_id_id", target: "account" },
  { table: "ddc_customer_deposit", column: "account_id_id", target: "account" },
  { table: "ddc_customer_charge", column: "account_id_id", target: "account" },
];

const indexes = [
  ...references.map(({ table, column }) => `${table} (${column})`),
  ...usageTables.flatMap(({ table, entity }) => [
    `${table} (block_timestamp, ${entity})`,
    `${table} (block_height, ${entity})`,
  ]),
  "ddc_bucket (created_at_block_timestamp, id)",
  "ddc_customer_deposit (block_timestamp, amount)",
  "ddc_customer_charge (block_timestamp, amount)",
];

export const createDdcTables = [
  tables,
  ...usageTables.map(({ table, entity }) => `CREATE TABLE ${table} (${usageColumns},\n  ${entity} varchar);`),
].join("\n");

/** Apart from the tables, so that rows can be copied in first. */
export const createDdcIndexes = [
  ...references.map(
    ({ table, column, target }) =>
      `ALTER TABLE ${table} ADD FOREIGN KEY (${column}) REFERENCES ${target} (id);`,
  ),
  ...indexes.map((columns) => `CREATE INDEX ON ${columns};`),
].join("\n");
