import type { Client } from "pg";
import type { LocalNetwork } from "../network/local-network.ts";
import type { LocalNode } from "../network/local-node.ts";
import { blockMs } from "../network/plan.ts";
import { randomFrom } from "../network/random.ts";
import { grpcPortName, preferredGrpcPort } from "../nodes/node-ports.ts";
import { blockEvents, blockHash } from "./block-events.ts";
import { copyRows } from "./copy-rows.ts";
import { createDdcIndexes, createDdcTables } from "./ddc-schema.ts";
import { bucketColumns, bucketRow, type Row, rowsOfEvents, type TableRows } from "./event-rows.ts";

const dayBlocks = 86_400_000 / blockMs;
const historyDays = 90;
/** How long before its history the network had been filling. */
const earlierDays = 640;
const cere = 10n ** 10n;

export type SeedOptions = {
  network: LocalNetwork;
  /** The history ends here. */
  at: Date;
  /** HTTP port of each node, by node name. */
  ports: ReadonlyMap<string, number>;
};

/** Fills an empty database with tables, the registry and the last 90 days, all in one transaction. */
export async function seedIndexer(client: Client, options: SeedOptions): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(createDdcTables);
    for (const rows of historyOf(options)) await copyRows(client, rows);
    await client.query(createDdcIndexes);
    const height = options.network.heightAt(options.at.getTime());
    await client.query("INSERT INTO squid_processor.status (id, height, hash) VALUES (0, $1, $2)", [
      height,
      blockHash(options.network, height),
    ]);
    await client.query(
      `INSERT INTO migrations ("timestamp", name) VALUES (1700000000000, 'Data1700000000000')`,
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** In the order in which foreign keys allow them. */
function historyOf(options: SeedOptions): TableRows[] {
  const { network, at } = options;
  const last = network.heightAt(at.getTime());
  const first = last - historyDays * dayBlocks;
  const events = Array.from({ length: last - first }, (_, index) =>
    blockEvents(network, first + index + 1),
  ).filter((block) => block !== null);
  const created = events.filter((block) => block.createsBucket).length;
  const earlier = Math.max(1, network.plan.buckets - created);
  const createdAt = Array.from({ length: earlier }, (_, index) =>
    Math.floor(first - earlierDays * dayBlocks * (1 - index / earlier) ** 1.4 - 1),
  );
  const older = createdAt.map((height, index) => bucketRow(network, index + 1, height));
  const { tables, balances } = rowsOfEvents(network, events, { createdAt });
  return [
    {
      table: "account",
      columns: "id, cere_free_balance, ddc_active_balance",
      rows: accountRows(network, balances),
    },
    { table: "ddc_cluster", columns: clusterColumns, rows: clusterRows(network, first) },
    { table: "ddc_node", columns: nodeColumns, rows: network.nodes.map((node) => nodeRow(options, node)) },
    { table: "ddc_bucket", columns: bucketColumns, rows: older },
    ...tables,
  ];
}

/** Whatever an account was charged it had deposited before: in the history or earlier. */
function accountRows(network: LocalNetwork, balances: ReadonlyMap<string, bigint>): Row[] {
  const random = randomFrom(`${network.plan.name} balances`);
  const some = (low: number, high: number) =>
    BigInt(Math.round(random.between(low, high) * 1e4)) * (cere / 10_000n);
  const customers = network.customers.map(({ ss58 }) => {
    const change = balances.get(ss58) ?? 0n;
    const before = change < 0n ? -change : 0n;
    return [ss58, String(some(10, 4_000)), String(before + change + some(20, 900))];
  });
  const others = [...network.providers.values(), ...network.managers.values()].map(({ ss58 }) => [
    ss58,
    String(some(50_000, 400_000)),
    "0",
  ]);
  return [...customers, ...others];
}

const clusterColumns =
  "id, treasury_share, validators_share, cluster_reserve_share, storage_bond_size, storage_chill_delay, storage_unbonding_delay, unit_per_mb_stored, unit_per_mb_streamed, unit_per_put_request, unit_per_get_request, erasure_coding_required, erasure_coding_total, replication_total, status, manager_id_id, created_at_block_height";

/** Shares are parts of 10^18. */
function clusterRows(network: LocalNetwork, first: number): Row[] {
  const percent = (share: number) => String(BigInt(share) * 10n ** 16n);
  const units = (amount: number) => String(BigInt(amount));
  return network.plan.clusters.map((cluster, index) => [
    cluster.id,
    percent(1),
    percent(10),
    percent(2),
    String(100_000n * cere),
    20,
    20,
    units(48_828 + index * 1_200),
    units(48_828 + index * 900),
    units(24_414),
    units(12_207),
    [16, 8, 4][index] ?? 4,
    [48, 20, 6][index] ?? 6,
    [20, 12, 3][index] ?? 3,
    cluster.status,
    network.managers.get(cluster.id)?.ss58 ?? null,
    first - earlierDays * dayBlocks - (index + 1) * dayBlocks,
  ]);
}

const nodeColumns =
  "id, host, domain, ssl, http_port, grpc_port, p2p_port, mode, provider_id_id, cluster_id_id, created_at_block_height";

/** As the squid leaves it: the id is SS58, the cluster of a few nodes is lost, and so is the height of some (-1). */
function nodeRow({ network, ports, at }: SeedOptions, node: LocalNode): Row {
  const last = network.heightAt(at.getTime());
  const isHeightLost = node.number % 7 === 3;
  return [
    node.account.ss58,
    "127.0.0.1",
    null,
    false,
    ports.get(node.name) ?? node.preferredPort,
    ports.get(grpcPortName(node.name)) ?? preferredGrpcPort(node),
    9_070,
    node.mode,
    network.providers.get(node.site.provider)?.ss58 ?? null,
    node.isClusterIndexed ? node.clusterId : null,
    isHeightLost ? -1 : last - Math.round((historyDays + earlierDays * (1 - node.number / 80)) * dayBlocks),
  ];
}
