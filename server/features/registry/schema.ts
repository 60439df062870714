import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";

/** `ddc_node.registered`: what the chain says about a node, as the indexer has it. */
export const registeredNodeSchema = z.object({
  host: z.string(),
  domain: z.string().nullable(),
  ssl: z.boolean(),
  httpPort: z.int(),
  grpcPort: z.int(),
  p2pPort: z.int(),
  /** Storage, Cache, Full, DAC or Compute. */
  mode: z.string(),
  /** Null although it has one: the public squid looks clusters up by hex and stores SS58. */
  clusterId: z.string().nullable(),
});
export type RegisteredNodeFacts = z.infer<typeof registeredNodeSchema>;

const amount = z.string().nullable();

/** `ddc_cluster.registered`. CERE in base units, shares in parts of 10^18, delays in blocks. */
export const registeredClusterSchema = z.object({
  status: z.string(),
  managerId: z.string().nullable(),
  treasuryShare: amount,
  validatorsShare: amount,
  clusterReserveShare: amount,
  storageBondSize: amount,
  storageChillDelay: z.int().nullable(),
  storageUnbondingDelay: z.int().nullable(),
  prices: z.object({
    mbStored: amount,
    mbStreamed: amount,
    putRequest: amount,
    getRequest: amount,
    cpuUnit: amount,
    gpuUnit: amount,
    ramUnit: amount,
  }),
  priceNames: z.enum(["unit_per", "cost_per"]),
  erasureCodingRequired: z.int().nullable(),
  erasureCodingTotal: z.int().nullable(),
  replicationTotal: z.int().nullable(),
});
export type RegisteredClusterFacts = z.infer<typeof registeredClusterSchema>;

export const sourceFamilies = ["ddc", "chain", "staking", "governance"] as const;

/**
 * ok = it answers and grows · stalled = it answers, but stands or goes back · unreachable = no answer ·
 * refused = it is not what it is said to be, and is not read · absent = not configured.
 */
export const sourceStates = ["ok", "stalled", "unreachable", "refused", "absent"] as const;
export type SourceState = (typeof sourceStates)[number];

/** Is the database of the network that it is configured for? */
export const identities = ["proved", "unproven", "refused"] as const;
export type Identity = (typeof identities)[number];

export const registrySourceSchema = z.object({
  network: z.enum(networkNames),
  family: z.enum(sourceFamilies),
  state: z.enum(sourceStates),
  reason: z.string().nullable(),
  since: z.iso.datetime(),
  checkedAt: z.iso.datetime(),
  height: z.int().nullable(),
  finalizedHeight: z.int().nullable(),
  finalizedHash: z.string().nullable(),
  hotBlocks: z.int().nullable(),
  headEstimate: z.int().nullable(),
  lagBlocks: z.int().nullable(),
  lagMs: z.int().nullable(),
  identity: z.enum(identities),
  identityReason: z.string(),
  /** Nodes and clusters show the chain as of this block. */
  projectedHeight: z.int().nullable(),
  projectedAt: z.iso.datetime().nullable(),
});
export type RegistrySource = z.infer<typeof registrySourceSchema>;
