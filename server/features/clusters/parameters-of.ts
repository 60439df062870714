import type { RegisteredClusterFacts } from "../registry/schema.ts";
import type { ClusterParameter } from "./schema.ts";

type Known = Pick<ClusterParameter, "name" | "label" | "unit"> & {
  olderName?: string;
  read(facts: RegisteredClusterFacts): string | number | null;
};

/**
 * Parameters of pallet ddc-clusters under their present names (blockchain-node pallets/ddc-clusters/src/cluster.rs), with
 * the older `unit_per_*` beside them. Compute prices do not exist where the runtime still has the older names.
 */
export function parametersOf(facts: RegisteredClusterFacts): ClusterParameter[] {
  return known.map(({ name, olderName = null, label, unit, read }) => {
    const value = read(facts);
    return { name, olderName, label, unit, value: value === null ? null : String(value) };
  });
}

const known: readonly Known[] = [
  { name: "replication_total", label: "Replicas", unit: "count", read: (facts) => facts.replicationTotal },
  {
    name: "erasure_coding_required",
    label: "Erasure coding, shards needed",
    unit: "count",
    read: (facts) => facts.erasureCodingRequired,
  },
  {
    name: "erasure_coding_total",
    label: "Erasure coding, shards in all",
    unit: "count",
    read: (facts) => facts.erasureCodingTotal,
  },
  price({ of: "mb_stored", label: "Storage", unit: "cere_per_mb", read: ({ prices }) => prices.mbStored }),
  price({
    of: "mb_streamed",
    label: "Traffic",
    unit: "cere_per_mb",
    read: ({ prices }) => prices.mbStreamed,
  }),
  price({
    of: "put_request",
    label: "PUT",
    unit: "cere_per_unit",
    read: ({ prices }) => prices.putRequest,
  }),
  price({
    of: "get_request",
    label: "GET",
    unit: "cere_per_unit",
    read: ({ prices }) => prices.getRequest,
  }),
  {
    name: "cost_per_cpu_unit",
    label: "CPU unit",
    unit: "cere_per_unit",
    read: ({ prices }) => prices.cpuUnit,
  },
  {
    name: "cost_per_gpu_unit",
    label: "GPU unit",
    unit: "cere_per_unit",
    read: ({ prices }) => prices.gpuUnit,
  },
  {
    name: "cost_per_ram_unit",
    label: "RAM unit",
    unit: "cere_per_unit",
    read: ({ prices }) => prices.ramUnit,
  },
  { name: "treasury_share", label: "Treasury", unit: "share", read: (facts) => facts.treasuryShare },
  { name: "validators_share", label: "Validators", unit: "share", read: (facts) => facts.validatorsShare },
  {
    name: "cluster_reserve_share",
    label: "Cluster reserve",
    unit: "share",
    read: (facts) => facts.clusterReserveShare,
  },
  {
    name: "storage_bond_size",
    label: "Bond of a node",
    unit: "cere",
    read: (facts) => facts.storageBondSize,
  },
  {
    name: "storage_chill_delay",
    label: "Chill delay",
    unit: "blocks",
    read: (facts) => facts.storageChillDelay,
  },
  {
    name: "storage_unbonding_delay",
    label: "Unbonding delay",
    unit: "blocks",
    read: (facts) => facts.storageUnbondingDelay,
  },
];

function price({ of, ...rest }: Omit<Known, "name" | "olderName"> & { of: string }): Known {
  return { ...rest, name: `cost_per_${of}`, olderName: `unit_per_${of}` };
}
