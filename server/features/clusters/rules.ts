import type { NodeRow } from "../nodes/schema.ts";
import type { RegisteredClusterFacts } from "../registry/schema.ts";
import { publishedClusters } from "../registry/source-rules.ts";
import type { Capacity, ClusterParameter, NotIndexed, TopologyRegion } from "./schema.ts";

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

/**
 * Parameters of pallet ddc-clusters under their present names (blockchain-node pallets/ddc-clusters/src/cluster.rs), with
 * the older `unit_per_*` beside them. Compute prices do not exist where the runtime still has the older names.
 */
export function parametersOf(facts: RegisteredClusterFacts): ClusterParameter[] {
  const price = (name: string, label: string, value: string | null, unit: ClusterParameter["unit"]) =>
    parameter({ name: `cost_per_${name}`, olderName: `unit_per_${name}`, label, value, unit });
  const compute = (name: string, label: string, value: string | null) =>
    parameter({ name: `cost_per_${name}`, label, value, unit: "cere_per_unit" });
  return [
    parameter({ name: "replication_total", label: "Replicas", value: facts.replicationTotal, unit: "count" }),
    parameter({
      name: "erasure_coding_required",
      label: "Erasure coding, shards needed",
      value: facts.erasureCodingRequired,
      unit: "count",
    }),
    parameter({
      name: "erasure_coding_total",
      label: "Erasure coding, shards in all",
      value: facts.erasureCodingTotal,
      unit: "count",
    }),
    price("mb_stored", "Storage", facts.prices.mbStored, "cere_per_mb"),
    price("mb_streamed", "Traffic", facts.prices.mbStreamed, "cere_per_mb"),
    price("put_request", "PUT", facts.prices.putRequest, "cere_per_unit"),
    price("get_request", "GET", facts.prices.getRequest, "cere_per_unit"),
    compute("cpu_unit", "CPU unit", facts.prices.cpuUnit),
    compute("gpu_unit", "GPU unit", facts.prices.gpuUnit),
    compute("ram_unit", "RAM unit", facts.prices.ramUnit),
    parameter({ name: "treasury_share", label: "Treasury", value: facts.treasuryShare, unit: "share" }),
    parameter({ name: "validators_share", label: "Validators", value: facts.validatorsShare, unit: "share" }),
    parameter({
      name: "cluster_reserve_share",
      label: "Cluster reserve",
      value: facts.clusterReserveShare,
      unit: "share",
    }),
    parameter({
      name: "storage_bond_size",
      label: "Bond of a node",
      value: facts.storageBondSize,
      unit: "cere",
    }),
    parameter({
      name: "storage_chill_delay",
      label: "Chill delay",
      value: facts.storageChillDelay,
      unit: "blocks",
    }),
    parameter({
      name: "storage_unbonding_delay",
      label: "Unbonding delay",
      value: facts.storageUnbondingDelay,
      unit: "blocks",
    }),
  ];
}

function parameter(
  given: Omit<ClusterParameter, "value" | "olderName"> & {
    value: string | number | null;
    olderName?: string;
  },
): ClusterParameter {
  const { name, olderName = null, label, value, unit } = given;
  return { name, olderName, label, value: value === null ? null : String(value), unit };
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
