import type { NetworkName } from "../kernel/networks.ts";

/** The families of public squids that a network may have (facts of each: docs/adr and prisma/indexer). */
export const indexerFamilies = ["ddc", "chain", "staking", "governance"] as const;
export type IndexerFamily = (typeof indexerFamilies)[number];

/** `squid_processor.status`: how far the indexer is. `blockAt` is the newest block time that the family's tables show. */
export type IndexerPosition = { height: number; hash: string; hotBlocks: number; blockAt: Date | null };

export type RegisteredNode = {
  nodeKey: string;
  host: string;
  domain: string | null;
  ssl: boolean;
  httpPort: number;
  grpcPort: number;
  p2pPort: number;
  mode: string;
  providerId: string | null;
  clusterId: string | null;
  createdAtHeight: number | null;
};

export type RegisteredCluster = {
  clusterId: string;
  status: string;
  managerId: string | null;
  treasuryShare: string;
  validatorsShare: string;
  clusterReserveShare: string;
  storageBondSize: string;
  storageChillDelay: number;
  storageUnbondingDelay: number;
  unitPerMbStored: string;
  unitPerMbStreamed: string;
  unitPerPutRequest: string;
  unitPerGetRequest: string;
  erasureCodingRequired: number;
  erasureCodingTotal: number;
  replicationTotal: number;
  createdAtHeight: number | null;
};

/** Amounts are base units as decimal strings. */
export type LedgerEntry = { id: string; at: Date; accountId: string | null; amount: string };

/** Read-only view of the indexer databases. A family that is not configured answers with a `not_indexed` error. */
export type ChainIndex = {
  has(network: NetworkName, family: IndexerFamily): boolean;
  position(network: NetworkName, family: IndexerFamily): Promise<IndexerPosition>;
  listNodes(network: NetworkName): Promise<RegisteredNode[]>;
  listClusters(network: NetworkName): Promise<RegisteredCluster[]>;
  listDeposits(network: NetworkName, after: LedgerCursor, limit: number): Promise<LedgerEntry[]>;
  listCharges(network: NetworkName, after: LedgerCursor, limit: number): Promise<LedgerEntry[]>;
};

/** Keyset position in a ledger: entries after (at, id). */
export type LedgerCursor = { at: Date; id: string };
