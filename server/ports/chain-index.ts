import type { NetworkName } from "../kernel/networks.ts";

/** The families of public squids that a network may have (which: server/adapters/indexer/README.md). */
export const indexerFamilies = ["ddc", "chain", "staking", "governance"] as const;
export type IndexerFamily = (typeof indexerFamilies)[number];

/** How far the indexer is, and which of its blocks can still change. */
export type IndexerPosition = {
  /** Newest finalized block (`squid_processor.status`); -1 = the processor has not read a block yet. */
  finalizedHeight: number;
  finalizedHash: string;
  /** Newest block of all; equals `finalizedHeight` when none is waiting for finality. */
  height: number;
  hotBlocks: number;
  /** The newest block whose time the family's tables show; null = none of them carries a time yet. */
  dated: { height: number; at: Date } | null;
};

export type RegisteredNode = {
  /** `0x` + 64 hex, whatever the indexer wrote. */
  nodeKey: string;
  host: string;
  domain: string | null;
  ssl: boolean;
  httpPort: number;
  grpcPort: number;
  p2pPort: number;
  mode: string;
  /** SS58. */
  providerId: string | null;
  clusterId: string | null;
  /** Null where the indexer lost it. */
  createdAtHeight: number | null;
};

/** Base units (10 decimals) per unit; a price that the runtime does not know is null. */
export type ClusterPrices = {
  mbStored: string | null;
  mbStreamed: string | null;
  putRequest: string | null;
  getRequest: string | null;
  cpuUnit: string | null;
  gpuUnit: string | null;
  ramUnit: string | null;
};

export type RegisteredCluster = {
  clusterId: string;
  status: string;
  managerId: string | null;
  /** Shares are parts of 10^18. */
  treasuryShare: string | null;
  validatorsShare: string | null;
  clusterReserveShare: string | null;
  storageBondSize: string | null;
  storageChillDelay: number | null;
  storageUnbondingDelay: number | null;
  prices: ClusterPrices;
  /** Which names the source uses: mainnet's runtime still says `unit_per_*`. */
  priceNames: "unit_per" | "cost_per";
  erasureCodingRequired: number | null;
  erasureCodingTotal: number | null;
  replicationTotal: number | null;
  createdAtHeight: number | null;
};

export type RegisteredBucket = {
  /** u64 as a decimal string. */
  bucketId: string;
  ownerId: string | null;
  clusterId: string | null;
  isPublic: boolean;
  isRemoved: boolean;
  createdAtHeight: number | null;
  createdAt: Date | null;
};

/** Nodes and clusters as of one position. `unreadable` counts rows whose id is not one. */
export type RegistrySnapshot = {
  position: IndexerPosition;
  nodes: RegisteredNode[];
  clusters: RegisteredCluster[];
  unreadable: number;
};

export const ledgerKinds = ["deposit", "charge"] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** Keyset position in a ledger. `at` is RFC 3339 with every digit that the source has. */
export type LedgerCursor = { at: string; id: string };

/** `amount` is base units as a decimal string; `height` is null when the id does not start with one. */
export type LedgerEntry = LedgerCursor & { height: number | null; accountId: string | null; amount: string };

export type LedgerQuery = { kind: LedgerKind; after: LedgerCursor | null; limit: number };

export type BucketQuery = { afterId: string; limit: number };

/**
 * Read-only view of the indexer databases. Each call is bounded in time, can be cancelled, and is tried a second time
 * when only the connection was lost. Errors: `not_indexed` when the family is not configured; `upstream` with
 * `details.problem` = `unreachable` (try again) or `foreign` (it answers, but is not what it is said to be).
 */
export type ChainIndex = {
  has(network: NetworkName, family: IndexerFamily): boolean;
  position(network: NetworkName, family: IndexerFamily, signal?: AbortSignal): Promise<IndexerPosition>;
  readRegistry(network: NetworkName, signal?: AbortSignal): Promise<RegistrySnapshot>;
  /** In the order of the ids as text; the first page is after "". */
  listBuckets(network: NetworkName, query: BucketQuery, signal?: AbortSignal): Promise<RegisteredBucket[]>;
  listLedger(network: NetworkName, query: LedgerQuery, signal?: AbortSignal): Promise<LedgerEntry[]>;
  /** Hash that the chain family has for a height; null = it does not hold that block. */
  findBlockHash(network: NetworkName, height: number, signal?: AbortSignal): Promise<string | null>;
};
