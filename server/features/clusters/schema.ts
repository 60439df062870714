import { z } from "zod";
import { lineSchema, stepsSchema } from "../nodes/history-schema.ts";
import { figureSchema, instantSchema, networkSchema, nodeStateSchema, rangeInput } from "../nodes/schema.ts";

// Units and nulls as in ../nodes/schema.ts. CERE amounts are base units (10 decimals) as decimal strings.

export const clusterIdSchema = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/, "A cluster id is 0x and 40 lower-case hex digits.");
const amountSchema = z.string().regex(/^\d+$/);

export const listClustersInput = z.object({
  network: networkSchema,
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListClustersInput = z.output<typeof listClustersInput>;

export const byStatusSchema = z.array(z.object({ kind: nodeStateSchema, nodes: z.int() }));
export type ByStatus = z.infer<typeof byStatusSchema>;

/** As telemetry reports it: `reporting` of `nodes` said so; with none of them the sums are null. */
export const capacitySchema = z.object({
  totalBytes: figureSchema,
  usedBytes: figureSchema,
  nodes: z.int(),
  reporting: z.int(),
});
export type Capacity = z.infer<typeof capacitySchema>;

/** Over the whole cluster, with the same windows as a node's live point: 10 s, the running minute, 15 min. */
export const clusterRateSchema = z.object({
  opsPerSecond: figureSchema,
  p50Ms: figureSchema,
  p95Ms: figureSchema,
  p99Ms: figureSchema,
  failureRatio: figureSchema,
});

export const clusterRowSchema = z.object({
  clusterId: clusterIdSchema,
  /** As Cere publishes it; clusters carry no name on the chain. */
  name: z.string().nullable(),
  /** Activated, Bonded, Unbonded, Unbonding; null = heard of, but not registered in the indexer. */
  status: z.string().nullable(),
  nodes: z.int(),
  byStatus: byStatusSchema,
  capacity: capacitySchema,
  rate: clusterRateSchema,
  replicationTotal: z.int().nullable(),
  erasureCodingRequired: z.int().nullable(),
  erasureCodingTotal: z.int().nullable(),
  /** Not removed ones; null = this network has no ddc indexer. */
  buckets: z.int().nullable(),
});
export type ClusterRow = z.infer<typeof clusterRowSchema>;

export const clusterPageSchema = z.object({
  at: instantSchema,
  rows: z.array(clusterRowSchema),
  next: z.string().nullable(),
  /** Nodes that neither the chain index nor their own telemetry put into a cluster. */
  nodesWithoutCluster: z.int(),
  caveats: z.array(z.string()),
});
export type ClusterPage = z.infer<typeof clusterPageSchema>;

export const clusterInput = z.object({ network: networkSchema, clusterId: clusterIdSchema });
export type ClusterInput = z.output<typeof clusterInput>;
export const getClusterInput = clusterInput.extend(rangeInput.shape);
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

/** One protocol parameter under its present name and, where it was renamed, under the one mainnet still uses. */
export const clusterParameterSchema = z.object({
  name: z.string(),
  olderName: z.string().nullable(),
  label: z.string(),
  /** Exact: base units for CERE, parts of 10^18 for shares. Null = the indexer does not hold it. */
  value: z.string().nullable(),
  unit: z.enum(parameterUnits),
});
export type ClusterParameter = z.infer<typeof clusterParameterSchema>;

/** A region (null = not reported) with its providers (null = the chain names none). */
export const topologyRegionSchema = z.object({
  region: z.string().nullable(),
  nodes: z.int(),
  capacity: capacitySchema,
  providers: z.array(z.object({ provider: z.string().nullable(), nodes: z.int(), byStatus: byStatusSchema })),
});
export type TopologyRegion = z.infer<typeof topologyRegionSchema>;

/**
 * The indexer writes charges per account, not per cluster. `attributed` = accounts whose buckets are all in this
 * cluster; `shared` = accounts with buckets here and elsewhere, which cannot be split.
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
export type NotIndexed = z.infer<typeof notIndexedSchema>;

export const clusterDetailSchema = z.object({
  at: instantSchema,
  cluster: clusterRowSchema,
  managerId: z.string().nullable(),
  createdAtHeight: z.int().nullable(),
  /** Height of the indexer snapshot that shows; null = never registered. */
  registryHeight: z.int().nullable(),
  parameters: z.array(clusterParameterSchema),
  topology: z.array(topologyRegionSchema),
  buckets: z.object({ total: z.int(), public: z.int(), removed: z.int() }).nullable(),
  payouts: notIndexedSchema,
  /** Known faults of the source that touch this page, in words. */
  caveats: z.array(z.string()),
});
export type ClusterDetail = z.infer<typeof clusterDetailSchema>;

/** Follows the page's time range; the rest of the page does not. */
export const clusterHistorySchema = z.object({
  at: instantSchema,
  steps: stepsSchema,
  /** Per second, by type. */
  operations: z.array(lineSchema),
  failures: z.array(lineSchema),
  /** All nodes together; sketches merged, not averages of percentiles. */
  latency: z.array(lineSchema),
  charges: clusterChargesSchema,
});
export type ClusterHistory = z.infer<typeof clusterHistorySchema>;
