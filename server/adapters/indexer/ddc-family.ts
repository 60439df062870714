import { z } from "zod";
import { parsePublicKey, toSs58 } from "../../kernel/ss58.ts";
import type {
  BucketQuery,
  ClusterPrices,
  LedgerEntry,
  LedgerKind,
  LedgerQuery,
  RegisteredBucket,
  RegisteredCluster,
  RegisteredNode,
} from "../../ports/chain-index.ts";
import type { Read } from "./indexer-pool.ts";

/** The squid writes -1 where its update forgot the height that the row was created at (src/main.ts, upsert). */
const createdHeight = z
  .int()
  .nullish()
  .transform((height) => (height === undefined || height === null || height < 0 ? null : height));

const nodeRow = z.object({
  id: z.string(),
  host: z.string(),
  domain: z.string().nullable(),
  ssl: z.boolean(),
  http_port: z.int(),
  grpc_port: z.int(),
  p2p_port: z.int(),
  mode: z.string(),
  provider_id_id: z.string().nullable(),
  cluster_id_id: z.string().nullable(),
  created_at_block_height: createdHeight,
});

export async function readNodes(read: Read): Promise<{ nodes: RegisteredNode[]; unreadable: number }> {
  const rows = (await read("SELECT * FROM ddc_node")).map((row) => nodeRow.parse(row));
  const nodes = rows.flatMap((row) => {
    const nodeKey = parsePublicKey(row.id);
    return nodeKey === null ? [] : [toNode(row, nodeKey)];
  });
  return { nodes, unreadable: rows.length - nodes.length };
}

function toNode(row: z.output<typeof nodeRow>, nodeKey: string): RegisteredNode {
  return {
    nodeKey,
    host: row.host,
    domain: row.domain === "" ? null : row.domain,
    ssl: row.ssl,
    httpPort: row.http_port,
    grpcPort: row.grpc_port,
    p2pPort: row.p2p_port,
    mode: row.mode,
    providerId: accountOf(row.provider_id_id),
    clusterId: clusterIdOf(row.cluster_id_id),
    createdAtHeight: row.created_at_block_height,
  };
}

const amount = z.string().nullish();
const count = z.int().nullish();

const clusterRow = z.object({
  id: z.string(),
  status: z.string(),
  manager_id_id: z.string().nullable(),
  treasury_share: amount,
  validators_share: amount,
  cluster_reserve_share: amount,
  storage_bond_size: amount,
  storage_chill_delay: count,
  storage_unbonding_delay: count,
  unit_per_mb_stored: amount,
  unit_per_mb_streamed: amount,
  unit_per_put_request: amount,
  unit_per_get_request: amount,
  cost_per_mb_stored: amount,
  cost_per_mb_streamed: amount,
  cost_per_put_request: amount,
  cost_per_get_request: amount,
  cost_per_cpu_unit: amount,
  cost_per_gpu_unit: amount,
  cost_per_ram_unit: amount,
  erasure_coding_required: count,
  erasure_coding_total: count,
  replication_total: count,
  created_at_block_height: createdHeight,
});

export async function readClusters(
  read: Read,
): Promise<{ clusters: RegisteredCluster[]; unreadable: number }> {
  const rows = (await read("SELECT * FROM ddc_cluster")).map((row) => clusterRow.parse(row));
  const clusters = rows.flatMap((row) => {
    const clusterId = clusterIdOf(row.id);
    return clusterId === null ? [] : [toCluster(row, clusterId)];
  });
  return { clusters, unreadable: rows.length - clusters.length };
}

function toCluster(row: z.output<typeof clusterRow>, clusterId: string): RegisteredCluster {
  return {
    clusterId,
    status: row.status,
    managerId: accountOf(row.manager_id_id),
    treasuryShare: row.treasury_share ?? null,
    validatorsShare: row.validators_share ?? null,
    clusterReserveShare: row.cluster_reserve_share ?? null,
    storageBondSize: row.storage_bond_size ?? null,
    storageChillDelay: row.storage_chill_delay ?? null,
    storageUnbondingDelay: row.storage_unbonding_delay ?? null,
    prices: toPrices(row),
    priceNames: row.cost_per_mb_stored === undefined ? "unit_per" : "cost_per",
    erasureCodingRequired: row.erasure_coding_required ?? null,
    erasureCodingTotal: row.erasure_coding_total ?? null,
    replicationTotal: row.replication_total ?? null,
    createdAtHeight: row.created_at_block_height,
  };
}

function toPrices(row: z.output<typeof clusterRow>): ClusterPrices {
  return {
    mbStored: row.cost_per_mb_stored ?? row.unit_per_mb_stored ?? null,
    mbStreamed: row.cost_per_mb_streamed ?? row.unit_per_mb_streamed ?? null,
    putRequest: row.cost_per_put_request ?? row.unit_per_put_request ?? null,
    getRequest: row.cost_per_get_request ?? row.unit_per_get_request ?? null,
    cpuUnit: row.cost_per_cpu_unit ?? null,
    gpuUnit: row.cost_per_gpu_unit ?? null,
    ramUnit: row.cost_per_ram_unit ?? null,
  };
}

const bucketRow = z.object({
  id: z.string(),
  is_public: z.boolean(),
  is_removed: z.boolean(),
  owner_id_id: z.string().nullable(),
  cluster_id_id: z.string().nullable(),
  created_at_block_height: createdHeight,
  created_at_block_timestamp: z.date().nullable(),
});

/** Every row, also one whose id is not a bucket id: the page's length tells whether there are more. */
export async function readBuckets(read: Read, { afterId, limit }: BucketQuery): Promise<RegisteredBucket[]> {
  const rows = await read("SELECT * FROM ddc_bucket WHERE id > $1 ORDER BY id LIMIT $2", [afterId, limit]);
  return rows.map((row) => toBucket(bucketRow.parse(row)));
}

function toBucket(row: z.output<typeof bucketRow>): RegisteredBucket {
  const isCreationKnown = row.created_at_block_height !== null;
  return {
    bucketId: row.id,
    ownerId: accountOf(row.owner_id_id),
    clusterId: clusterIdOf(row.cluster_id_id),
    isPublic: row.is_public,
    isRemoved: row.is_removed,
    createdAtHeight: row.created_at_block_height,
    // Where the height was lost, the time is that of the update (the column's default), not of the creation.
    createdAt: isCreationKnown ? row.created_at_block_timestamp : null,
  };
}

const ledgerTables: Record<LedgerKind, string> = {
  deposit: "ddc_customer_deposit",
  charge: "ddc_customer_charge",
};

const ledgerRow = z.object({
  id: z.string(),
  at: z.string(),
  amount: z.string(),
  account_id_id: z.string().nullable(),
});

export async function readLedger(read: Read, { kind, after, limit }: LedgerQuery): Promise<LedgerEntry[]> {
  const rows = await read(
    `SELECT id, amount, account_id_id,
            to_char(block_timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
     FROM ${ledgerTables[kind]}
     WHERE $1::timestamptz IS NULL OR (block_timestamp, id) > ($1::timestamptz, $2)
     ORDER BY block_timestamp, id LIMIT $3`,
    [after?.at ?? null, after?.id ?? "", limit],
  );
  return rows.map((row) => {
    const { id, at, amount, account_id_id } = ledgerRow.parse(row);
    return { id, at, amount, height: heightOf(id), accountId: accountOf(account_id_id) };
  });
}

/** Ids of ledger rows are `<block>-<account>`. */
function heightOf(id: string): number | null {
  const digits = /^(\d{1,10})-/.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** One text for one account: old rows carry the generic prefix 42. What is not an address is left as it stands. */
function accountOf(text: string | null): string | null {
  if (text === null || text.startsWith("6")) return text;
  const key = parsePublicKey(text);
  return key === null ? text : toSs58(key);
}

function clusterIdOf(text: string | null): string | null {
  const lower = text?.toLowerCase() ?? "";
  return /^0x[0-9a-f]{40}$/.test(lower) ? lower : null;
}
