import { z } from "zod";
import { notIndexed } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { ChainIndex, IndexerFamily } from "../../ports/chain-index.ts";
import { readBuckets, readClusters, readLedger, readNodes } from "./ddc-family.ts";
import {
  type IndexerLimits,
  type IndexerPool,
  type IndexerSource,
  indexerLimits,
  openIndexerPool,
} from "./indexer-pool.ts";
import { readPosition } from "./read-position.ts";

export type OpenChainIndex = ChainIndex & { close(): Promise<void> } & AsyncDisposable;

/** The public squid of each family, named where a page misses it. */
const squids: Record<IndexerFamily, string> = {
  ddc: "Cerebellum-Network/cere-squid-indexer",
  chain: "subsquid-labs/giant-squid-explorer",
  staking: "subsquid-labs/giant-squid-main",
  governance: "polkassembly-subsquid",
};

/** Opens no connection before the first call. */
export function openChainIndex(
  sources: readonly IndexerSource[],
  limits: IndexerLimits = indexerLimits,
): OpenChainIndex {
  const pools = new Map(sources.map((source) => [keyOf(source), openIndexerPool(source, limits)]));
  const poolOf = (network: NetworkName, family: IndexerFamily): IndexerPool => {
    const pool = pools.get(keyOf({ network, family }));
    if (!pool) throw notIndexed(network, family, squids[family]);
    return pool;
  };
  const close = async () => {
    await Promise.all([...pools.values()].map((pool) => pool.close()));
  };
  return {
    has: (network, family) => pools.has(keyOf({ network, family })),
    position: async (network, family, signal) =>
      poolOf(network, family).read((read) => readPosition(read, family), signal),
    readRegistry: async (network, signal) =>
      poolOf(network, "ddc").read(async (read) => {
        const position = await readPosition(read, "ddc");
        const { nodes, unreadable: unreadableNodes } = await readNodes(read);
        const { clusters, unreadable: unreadableClusters } = await readClusters(read);
        return { position, nodes, clusters, unreadable: unreadableNodes + unreadableClusters };
      }, signal),
    listBuckets: async (network, query, signal) =>
      poolOf(network, "ddc").read((read) => readBuckets(read, query), signal),
    listLedger: async (network, query, signal) =>
      poolOf(network, "ddc").read((read) => readLedger(read, query), signal),
    findBlockHash: async (network, height, signal) =>
      poolOf(network, "chain").read(async (read) => {
        const rows = await read(`SELECT '0x' || encode(hash, 'hex') AS hash FROM block WHERE height = $1`, [
          height,
        ]);
        return hashRow.array().parse(rows).at(0)?.hash ?? null;
      }, signal),
    close,
    [Symbol.asyncDispose]: close,
  };
}

const hashRow = z.object({ hash: z.string() });

function keyOf({ network, family }: { network: NetworkName; family: IndexerFamily }): string {
  return `${network}/${family}`;
}
