import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { maxNodesPerPage, nodeKeyPattern, nodeSorts, nodeStates } from "./list-rules.ts";

// Units: …Ratio, cpu, memory and disk 0 to 1 · …Ms milliseconds · …Bps bits per second · …Bytes bytes.
// Times are RFC 3339 UTC. Null is "not known", never 0.

export const networkSchema = z.enum(networkNames);
export const instantSchema = z.iso.datetime();
export const figureSchema = z.number().nullable();

export const nodeKeySchema = z
  .string()
  .regex(nodeKeyPattern, "A node key is 0x and 64 lower-case hex digits.");

export const nodeStateSchema = z.enum(nodeStates);
export type NodeState = z.infer<typeof nodeStateSchema>;

/** `reason` is a sentence for a person. */
export const nodeStatusSchema = z.object({ kind: nodeStateSchema, reason: z.string() });
export type NodeStatus = z.infer<typeof nodeStatusSchema>;

/** From when a figure is marked, and from when a node counts as silent. Defaults in rules.ts; settings override. */
export const nodeLimitsSchema = z.object({
  /** Silent at the latest after this long without telemetry or activity … */
  silenceMs: z.int().min(1_000).max(86_400_000),
  /** … and earlier, after this many missed reports of a node whose rhythm is known. */
  missedReports: z.int().min(1).max(100),
  failureRatioWarn: z.number().min(0).max(1),
  failureRatioCrit: z.number().min(0).max(1),
  /** A failure ratio over fewer requests than this says nothing. */
  minRequests: z.int().min(1).max(1_000_000),
  /** Degraded at once when 10 s hold this share of failures, and at least three of them. */
  burstRatio: z.number().min(0).max(1),
  p99MsWarn: z.number().positive().max(600_000),
  p99MsCrit: z.number().positive().max(600_000),
  cpuWarn: z.number().min(0).max(1),
  memoryWarn: z.number().min(0).max(1),
  diskWarn: z.number().min(0).max(1),
  diskCrit: z.number().min(0).max(1),
  /** Share of the disk that is filled in an hour. */
  diskGrowthWarn: z.number().positive().max(100),
  diskReadMsWarn: z.number().positive().max(60_000),
  clockSkewMsWarn: z.number().positive().max(86_400_000),
  diskFullDaysWarn: z.number().positive().max(3_650),
  riskWarn: z.number().min(0).max(100),
});
export type NodeLimits = z.infer<typeof nodeLimitsSchema>;

/** What the per-second live messages carry of a node; the same fields of a row may be overwritten by it. */
export const livePointSchema = z.object({
  key: nodeKeySchema,
  /** Mean of 10 s that ended 2 s ago. */
  opsPerSecond: figureSchema,
  /** Over the running minute, and the one before while it is young. */
  p50Ms: figureSchema,
  p95Ms: figureSchema,
  p99Ms: figureSchema,
  /** INTERNAL and UNAVAILABLE of all requests in 15 min. */
  failureRatio: figureSchema,
  /** The same 10 s as opsPerSecond: shows a burst before 15 min do. */
  requests10s: figureSchema,
  failures10s: figureSchema,
  cpu: figureSchema,
  memory: figureSchema,
  disk: figureSchema,
  netInBps: figureSchema,
  netOutBps: figureSchema,
  /** Newest telemetry or activity. */
  heardAt: instantSchema.nullable(),
});
export type LivePoint = z.infer<typeof livePointSchema>;

/** One message of a `network:` or `node:` room. */
export const livePointsSchema = z.object({ at: instantSchema, nodes: z.array(livePointSchema) });
export type LivePoints = z.infer<typeof livePointsSchema>;

export const probeSchema = z.object({
  at: instantSchema,
  ok: z.boolean(),
  latencyMs: figureSchema,
  /** Why it failed, in words. */
  reason: z.string().nullable(),
});

export const nodeRowSchema = livePointSchema.extend({
  /** Host name that it reports, else of its registered address, else the shortened key. */
  name: z.string(),
  status: nodeStatusSchema,
  host: z.string().nullable(),
  /** SS58; the name is what the node reports. */
  provider: z.string().nullable(),
  providerName: z.string().nullable(),
  clusterId: z.string().nullable(),
  clusterName: z.string().nullable(),
  mode: z.string().nullable(),
  region: z.string().nullable(),
  /** Where nodes stand together: the name before its last dash ("fsn1" of "fsn1-s07"). */
  site: z.string().nullable(),
  version: z.string().nullable(),
  /** Requests of the last 15 min: what failureRatio is a share of. */
  requests15m: figureSchema,
  linkBps: figureSchema,
  storedBytes: figureSchema,
  capacityBytes: figureSchema,
  diskReadMs: figureSchema,
  /** Share of the disk that is filled in an hour, by the last ten minutes. */
  diskGrowthPerHour: figureSchema,
  /** Positive = its clock is ahead. */
  clockSkewMs: figureSchema,
  /** Its rhythm: mean time between telemetry readings of the last full minutes. */
  reportEveryMs: figureSchema,
  isRegistered: z.boolean(),
  isDraining: z.boolean(),
  removedAt: instantSchema.nullable(),
  /** Pieces that did not hash to their CID; null = nothing was verified. */
  wrongPieces: z.int().nullable(),
  probe: probeSchema.nullable(),
  /** Operations per second in the last 60 full minutes, oldest first, "," between, empty = gap: see readSpark. */
  spark: z.string(),
});
export type NodeRow = z.infer<typeof nodeRowSchema>;

export const nodeSortSchema = z.object({ by: z.enum(nodeSorts), direction: z.enum(["asc", "desc"]) });
export type NodeSort = z.infer<typeof nodeSortSchema>;

const choiceSchema = z.array(z.string().max(200)).max(100).optional();

export const nodeFilterSchema = z.object({
  /** Part of name, host, key, provider, region or cluster. */
  text: z.string().max(200).optional(),
  status: z.array(nodeStateSchema).max(nodeStates.length).optional(),
  clusterId: choiceSchema,
  provider: choiceSchema,
  region: choiceSchema,
  mode: choiceSchema,
  version: choiceSchema,
});
export type NodeFilter = z.infer<typeof nodeFilterSchema>;

export const listNodesInput = nodeFilterSchema.extend({
  network: networkSchema,
  /** First column first; unknown values come last in either direction. Default: status, then p99 downwards. */
  sort: z.array(nodeSortSchema).max(4).optional(),
  cursor: z.string().max(2_000).nullish(),
  limit: z.int().min(1).max(maxNodesPerPage).default(1_000),
});
export type ListNodesInput = z.output<typeof listNodesInput>;

/** Values that a filter can take, with the number of nodes that have them (of all, not of the filtered). */
export const facetSchema = z.object({ value: z.string(), label: z.string(), nodes: z.int() });
export type Facet = z.infer<typeof facetSchema>;

/** The road that figures come by stands still: then silence says nothing about nodes. */
export const stalledSchema = z.object({ since: instantSchema.nullable(), reason: z.string() });
export type Stalled = z.infer<typeof stalledSchema>;

export const nodePageSchema = z.object({
  at: instantSchema,
  rows: z.array(nodeRowSchema),
  next: z.string().nullable(),
  /** Nodes that match the filter, and of the whole network. */
  matching: z.int(),
  total: z.int(),
  byStatus: z.array(z.object({ kind: nodeStateSchema, nodes: z.int() })),
  /** Sums of the matching nodes; null = none of them is known. */
  totals: z.object({ opsPerSecond: figureSchema, storedBytes: figureSchema, capacityBytes: figureSchema }),
  facets: z.object({
    clusterId: z.array(facetSchema),
    provider: z.array(facetSchema),
    region: z.array(facetSchema),
    mode: z.array(facetSchema),
    version: z.array(facetSchema),
  }),
  limits: nodeLimitsSchema,
  stalled: stalledSchema.nullable(),
});
export type NodePage = z.infer<typeof nodePageSchema>;

export const nodeInput = z.object({ network: networkSchema, key: nodeKeySchema });
export type NodeInput = z.output<typeof nodeInput>;

const momentSchema = z.string().max(40).optional();
/** As in the URL; resolved by server/kernel/time-range.ts. */
export const rangeInput = z.object({ from: momentSchema, to: momentSchema, asOf: momentSchema });

/** What one of the three sources says about one thing. */
export const viewCellSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("value"), text: z.string() }),
  z.object({ kind: z.literal("absent"), why: z.string() }),
]);
export type ViewCell = z.infer<typeof viewCellSchema>;

export const comparisonVerdicts = ["agree", "differs", "unknown", "unmeasurable"] as const;
export const comparisonSubjects = [
  "source",
  "key",
  "address",
  "mode",
  "cluster",
  "software",
  "alive",
  "stored",
  "link",
  "latency",
  "clock",
] as const;

export const comparisonRowSchema = z.object({
  subject: z.enum(comparisonSubjects),
  label: z.string(),
  registered: viewCellSchema,
  reported: viewCellSchema,
  measured: viewCellSchema,
  /** Null for the row that only names the sources. */
  verdict: z.object({ kind: z.enum(comparisonVerdicts), wording: z.string() }).nullable(),
});
export type ComparisonRow = z.infer<typeof comparisonRowSchema>;

export const riskFactorSchema = z.object({
  factor: z.string(),
  label: z.string(),
  reading: z.string(),
  /** Null = could not be measured; it adds nothing and is said. */
  points: z.number().nullable(),
  maxPoints: z.number(),
});
export const riskSchema = z.object({
  /** 0 to 100. Null when no factor could be measured. */
  score: z.number().nullable(),
  threshold: z.number(),
  isOverThreshold: z.boolean(),
  factors: z.array(riskFactorSchema),
});
export type Risk = z.infer<typeof riskSchema>;

export const provisioningCheckSchema = z.object({
  requirement: z.enum(["cpu_cores", "disk_read", "link"]),
  label: z.string(),
  state: z.enum(["met", "not_met", "unknown"]),
  reading: z.string(),
});
export type ProvisioningCheck = z.infer<typeof provisioningCheckSchema>;

export const nodeDetailSchema = z.object({
  at: instantSchema,
  node: nodeRowSchema,
  /** How old each of the three views is; null = that source has never named the node. */
  registeredAtHeight: z.int().nullable(),
  reportedAt: instantSchema.nullable(),
  activeAt: instantSchema.nullable(),
  views: z.array(comparisonRowSchema),
  risk: riskSchema,
  provisioning: z.array(provisioningCheckSchema),
  limits: nodeLimitsSchema,
  stalled: stalledSchema.nullable(),
});
export type NodeDetail = z.infer<typeof nodeDetailSchema>;

export const setNodeLimitsInput = z.object({
  network: networkSchema,
  /** Only what changes; null puts a limit back to its default. */
  changes: z
    .partialRecord(nodeLimitsSchema.keyof(), z.number().nullable())
    .refine((changes) => Object.keys(changes).length > 0, "Name at least one limit."),
  reason: z.string().trim().min(1).max(500),
});
export type SetNodeLimitsInput = z.output<typeof setNodeLimitsInput>;

export const previewNodeLimitsInput = setNodeLimitsInput.omit({ reason: true });
export type PreviewNodeLimitsInput = z.output<typeof previewNodeLimitsInput>;

export const limitsPreviewSchema = z.object({
  /** All that were judged. */
  nodes: z.int(),
  moves: z.array(
    z.object({
      from: nodeStateSchema,
      to: nodeStateSchema,
      nodes: z.int(),
      /** The first few of them. */
      names: z.array(z.string()),
    }),
  ),
});
export type LimitsPreview = z.output<typeof limitsPreviewSchema>;

export const nodeLimitsAnswerSchema = z.object({
  limits: nodeLimitsSchema,
  defaults: nodeLimitsSchema,
  /** Who changed a limit of this network last; null = all are defaults. */
  changedBy: z.string().nullable(),
  changedAt: instantSchema.nullable(),
});
export type NodeLimitsAnswer = z.infer<typeof nodeLimitsAnswerSchema>;
