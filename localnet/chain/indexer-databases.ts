import { createHash } from "node:crypto";
import { Client } from "pg";
import type { LocalNetwork } from "../network/local-network.ts";
import { grpcPortName, preferredGrpcPort } from "../nodes/node-ports.ts";
import { withDatabase } from "../postgres/start-postgres.ts";
import { seedIndexer } from "./seed-indexer.ts";

const readerRole = "console_reader";

/** Addresses of one network's indexer database: for the squid that writes, and for the console that may only read. */
export type IndexerDatabase = { network: LocalNetwork; writerUrl: string; readerUrl: string };

export type IndexerOptions = {
  /** Superuser of the server. */
  serverUrl: string;
  networks: readonly LocalNetwork[];
  /** HTTP port of each node, by network and node name. */
  ports(network: LocalNetwork): ReadonlyMap<string, number>;
  say(line: string): void;
};

/** Makes sure that each network has an indexer database with its history, and that nodes are registered where they listen. */
export async function openIndexerDatabases(options: IndexerOptions): Promise<IndexerDatabase[]> {
  const password = createHash("sha256")
    .update(`reader ${new URL(options.serverUrl).password}`)
    .digest("hex")
    .slice(0, 32);
  await withClient(options.serverUrl, (client) => ensureReader(client, password));
  const opened: IndexerDatabase[] = [];
  for (const network of options.networks) {
    const name = `indexer_${network.plan.name}`;
    await withClient(options.serverUrl, (client) => ensureDatabase(client, name));
    const writerUrl = withDatabase(options.serverUrl, name);
    await withClient(writerUrl, async (client) => {
      await ensureSeeded(client, network, options);
      await registerPorts(client, network, options.ports(network));
      await client.query(grants);
    });
    const reader = new URL(writerUrl);
    reader.username = readerRole;
    reader.password = password;
    opened.push({ network, writerUrl, readerUrl: reader.toString() });
  }
  return opened;
}

const grants = `
  GRANT USAGE ON SCHEMA public, squid_processor TO ${readerRole};
  GRANT SELECT ON ALL TABLES IN SCHEMA public, squid_processor TO ${readerRole};`;

async function ensureReader(client: Client, password: string): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [readerRole]);
  if (!rowCount) await client.query(`CREATE ROLE ${readerRole} LOGIN`);
  await client.query(`ALTER ROLE ${readerRole} PASSWORD '${password}'`);
  await client.query(`ALTER ROLE ${readerRole} SET default_transaction_read_only = on`);
}

async function ensureDatabase(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (!rowCount) await client.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
}

async function ensureSeeded(client: Client, network: LocalNetwork, options: IndexerOptions): Promise<void> {
  const { rows } = await client.query<{ known: string | null }>(
    "SELECT to_regclass('squid_processor.status') AS known",
  );
  if (rows[0]?.known) return;
  options.say(`writing 90 days of history into the indexer database of ${network.plan.name}`);
  await seedIndexer(client, { network, at: new Date(), ports: options.ports(network) });
  await client.query("ANALYZE");
}

/** As a provider does with `set_node_params` when a node moves. */
async function registerPorts(
  client: Client,
  network: LocalNetwork,
  ports: ReadonlyMap<string, number>,
): Promise<void> {
  const nodes = network.nodes.map((node) => ({
    id: node.account.ss58,
    http: ports.get(node.name) ?? node.preferredPort,
    grpc: ports.get(grpcPortName(node.name)) ?? preferredGrpcPort(node),
  }));
  await client.query(
    `UPDATE ddc_node SET http_port = http, grpc_port = grpc
     FROM unnest($1::varchar[], $2::int[], $3::int[]) AS now (node, http, grpc)
     WHERE ddc_node.id = now.node AND (http_port, grpc_port) <> (http, grpc)`,
    [nodes.map(({ id }) => id), nodes.map(({ http }) => http), nodes.map(({ grpc }) => grpc)],
  );
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, application_name: "localnet" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
