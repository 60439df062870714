import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";

export const clusterIdSchema = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/, "A cluster id is 0x and 40 lower-case hex digits.");
/** The states of features/nodes/rules.ts. */
const nodeStatusSchema = z.enum([
  "online",
  "degraded",
  "probe_missed",
  "silent",
  "wrong_bytes",
  "draining",
  "unknown",
  "retired",
]);
const amountSchema = z.string().regex(/^\d+$/);
const timeSchema = z.date();

export const listClustersInput = z.object({
  network: z.enum(networkNames),
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListClustersInput = z.output<typeof listClustersInput>;

/** Bytes as telemetry reports them. `reportingNodes` of `nodes` said so; with none of them the sums are null. */
export const capacitySchema = z.object({
  totalBytes: z.string().nullable(),
  usedBytes: z.string().nullable(),
  nodes: z.int(),
  reportingNodes: z.int(),
});
export type Capacity = z.infer<typeof capacitySchema>;

/** Last finished 10 s of activity; null = nothing was heard, which is not the same as none. */
export const clusterRateSchema = z.object({
  at: timeSchema,
  opsPerSecond: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  failureRatio: z.number().nullable(),
});
export type ClusterRate = z.infer<typeof clusterRateSchema>;

export const statusCountSchema = z.object({ status: nodeStatusSchema, nodes: z.int() });
export type StatusCount = z.infer<typeof statusCountSchema>;

export const clusterRowSchema = z.object({
  clusterId: clusterIdSchema,
  /** As Cere publishes it; clusters carry no name on the chain. */
  name: z.string().nullable(),
  /** Activated, Bonded, Unbonded, Unbonding; null = heard of, but not registered in the indexer. */
  status: z.string().nullable(),
  nodes: z.int(),
  nodesByStatus: z.array(statusCountSchema),
  capacity: capacitySchema,
  rate: clusterRateSchema,
  replicationTotal: z.int().nullable(),
  erasureCodingRequired: z.int().nullable(),
  erasureCodingTotal: z.int().nullable(),
  buckets: z.int().nullable(),
});
export type ClusterRow = z.infer<typeof clusterRowSchema>;

export const clusterPageSchema = z.object({
  at: timeSchema,
  rows: z.array(clusterRowSchema),
  next: z.string().nullable(),
});
export type ClusterPage = z.infer<typeof clusterPageSchema>;

export const getClusterInput = z.object({
  network: z.enum(networkNames),
  clusterId: clusterIdSchema,
  from: z.string().max(40).default("now-3h"),
  to: z.string().max(40).default("now"),
});
export type GetClusterInput = z.output<typeof getClusterInput>;

export const parameterUnits = [
  "cere",
  "cere_per_mb",
  "cere_per_unit",
  "share",
  "blocks",
  "count",
  "account",
] as const;

/** One protocol parameter under its present name and, where it was renamed, the name mainnet still uses. */
export const clusterParameterSchema = z.object({
  name: z.string(),
  olderName: z.string().nullable(),
  label: z.string(),
  /** Exact: base units for CERE (10 decimals), parts of 10^18 for shares. Null = the indexer does not hold it. */
  value: z.string().nullable(),
  unit: z.enum(parameterUnits),
});
export type ClusterParameter = z.infer<typeof clusterParameterSchema>;

export const topologyProviderSchema = z.object({
  /** SS58; null = the chain names no provider. */
  provider: z.string().nullable(),
  nodes: z.int(),
  nodesByStatus: z.array(statusCountSchema),
});
export const topologyRegionSchema = z.object({
  /** As telemetry reports it; null = not reported. */
  region: z.string().nullable(),
  nodes: z.int(),
  capacity: capacitySchema,
  providers: z.array(topologyProviderSchema),
});
export type TopologyRegion = z.infer<typeof topologyRegionSchema>;

/** One step of the range; null is a gap. */
export const clusterPointSchema = z.object({
  at: timeSchema,
  opsPerSecond: z.number().nullable(),
  failureRatio: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  readBytesPerSecond: z.number().nullable(),
  writtenBytesPerSecond: z.number().nullable(),
});
export type ClusterPoint = z.infer<typeof clusterPointSchema>;

/**
 * The indexer writes charges per account, not per cluster. `attributed` = accounts whose buckets are all in this
 * cluster; `shared` = accounts with buckets here and elsewhere, which cannot be split. Base units.
 */
export const clusterChargesSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("allocated"),
    attributed: amountSchema,
    attributedAccounts: z.int(),
    shared: amountSchema,
    sharedAccounts: z.int(),
  }),
  z.object({ state: z.literal("not_indexed"), reason: z.string() }),
]);
export type ClusterCharges = z.infer<typeof clusterChargesSchema>;

/** What another indexer family would fill. */
export const notIndexedSchema = z.object({
  state: z.literal("not_indexed"),
  family: z.string(),
  squid: z.string(),
  reason: z.string(),
});

export const clusterDetailSchema = clusterRowSchema.extend({
  at: timeSchema,
  from: timeSchema,
  to: timeSchema,
  grainSeconds: z.int(),
  managerId: z.string().nullable(),
  createdAtHeight: z.int().nullable(),
  /** Height of the indexer snapshot that the registration was last read from. */
  registryHeight: z.int().nullable(),
  parameters: z.array(clusterParameterSchema),
  topology: z.array(topologyRegionSchema),
  series: z.array(clusterPointSchema),
  bucketCounts: z.object({ total: z.int(), public: z.int(), removed: z.int() }).nullable(),
  charges: clusterChargesSchema,
  payouts: notIndexedSchema,
  /** Known faults of the source that touch this page, in words. */
  caveats: z.array(z.string()),
});
export type ClusterDetail = z.infer<typeof clusterDetailSchema>;

export const listClusterNodesInput = z.object({
  network: z.enum(networkNames),
  clusterId: clusterIdSchema,
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListClusterNodesInput = z.output<typeof listClusterNodesInput>;

export const clusterNodeSchema = z.object({
  key: z.string(),
  name: z.string().nullable(),
  status: nodeStatusSchema,
  reason: z.string(),
  provider: z.string().nullable(),
  region: z.string().nullable(),
  mode: z.string().nullable(),
  version: z.string().nullable(),
  opsPerSecond: z.number().nullable(),
  p99Ms: z.number().nullable(),
  failureRatio: z.number().nullable(),
  disk: z.number().nullable(),
  heardAt: timeSchema.nullable(),
});
export type ClusterNode = z.infer<typeof clusterNodeSchema>;

export const clusterNodePageSchema = z.object({
  at: timeSchema,
  rows: z.array(clusterNodeSchema),
  next: z.string().nullable(),
});
export type ClusterNodePage = z.infer<typeof clusterNodePageSchema>;
