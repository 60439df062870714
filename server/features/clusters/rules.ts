import type { NodeRow } from "../nodes/schema.ts";
import { publishedClusters } from "../registry/source-rules.ts";
import type { Capacity, NotIndexed, TopologyRegion } from "./schema.ts";

type ByStatusOf = (rows: readonly NodeRow[]) => TopologyRegion["providers"][number]["byStatus"];

/** Clusters carry no name on the chain; Cere publishes one for the first cluster of each network. */
export function clusterName(clusterId: string): string | null {
  return Object.values(publishedClusters).includes(clusterId) ? "Dragon 1" : null;
}

/** Disk space of the nodes that report it. */
export function capacityOf(
  rows: readonly Pick<NodeRow, "capacityBytes" | "disk" | "storedBytes">[],
): Capacity {
  const reporting = rows.flatMap(({ capacityBytes, disk, storedBytes }) => {
    const used = disk !== null && capacityBytes !== null ? disk * capacityBytes : storedBytes;
    return capacityBytes === null || used === null ? [] : [{ total: capacityBytes, used }];
  });
  const sum = (of: "total" | "used") =>
    reporting.length === 0 ? null : reporting.reduce((bytes, node) => bytes + node[of], 0);
  return {
    totalBytes: sum("total"),
    usedBytes: sum("used"),
    nodes: rows.length,
    reporting: reporting.length,
  };
}

/** Share of failures over all requests of the nodes in 15 min; null when there was none. */
export function failureRatioOf(
  rows: readonly Pick<NodeRow, "failureRatio" | "requests15m">[],
): number | null {
  const known = rows.flatMap(({ failureRatio, requests15m }) =>
    failureRatio === null || requests15m === null
      ? []
      : [{ failures: failureRatio * requests15m, requests: requests15m }],
  );
  const requests = known.reduce((sum, node) => sum + node.requests, 0);
  return requests === 0 ? null : known.reduce((sum, node) => sum + node.failures, 0) / requests;
}

/** Regions with their providers; what is not reported comes last. */
export function topologyOf(rows: readonly NodeRow[], byStatusOf: ByStatusOf): TopologyRegion[] {
  return groupedBy(rows, ({ region }) => region).map(([region, inRegion]) => ({
    region,
    nodes: inRegion.length,
    capacity: capacityOf(inRegion),
    providers: groupedBy(inRegion, ({ provider }) => provider).map(([provider, own]) => ({
      provider,
      nodes: own.length,
      byStatus: byStatusOf(own),
    })),
  }));
}

function groupedBy(
  rows: readonly NodeRow[],
  nameOf: (row: NodeRow) => string | null,
): [string | null, NodeRow[]][] {
  return [...Map.groupBy(rows, nameOf)].sort(([a], [b]) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return a.localeCompare(b);
  });
}

/** The ddc squid writes no payout; the events of pallet ddc-payouts would be in a chain indexer. */
export const payoutsNotIndexed: NotIndexed = {
  state: "not_indexed",
  family: "chain",
  squid: "subsquid-labs/giant-squid-explorer",
  reason: "The ddc indexer holds no payouts.",
};

/** `indexed` nodes are put here by the chain index itself. */
export function clusterCaveats(
  rows: readonly Pick<NodeRow, "isRegistered" | "removedAt">[],
  indexed: number,
): string[] {
  const heardOnly =
    rows.filter(({ isRegistered, removedAt }) => isRegistered && removedAt === null).length - indexed;
  return heardOnly > 0
    ? [
        `${heardOnly} of its nodes are here by their own telemetry only: the public squid loses the cluster of a node.`,
      ]
    : [];
}
