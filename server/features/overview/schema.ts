import { z } from "zod";
import { operations } from "../../kernel/cells.ts";
import { networkNames } from "../../kernel/networks.ts";
import { economicsWindowSchema } from "../economics/schema.ts";
import { lineSchema, stepsSchema } from "../nodes/history-schema.ts";
import { nodeStateSchema, nodeStatusSchema, rangeInput, stalledSchema } from "../nodes/schema.ts";
import { indexerStatusSchema, ingestStatusSchema } from "../system/schema.ts";

// Times are RFC 3339 UTC; null is "not known", never 0. A spark is read with readSpark of features/nodes/list-rules.ts.

const instantSchema = z.iso.datetime();
const figureSchema = z.number().nullable();

/** Operations a second that the console has proved to take in (npm run bench:ingest). */
export const provenOpsPerSecond = 50_000;

export const overviewInput = z.object({ network: z.enum(networkNames) });
export type OverviewInput = z.output<typeof overviewInput>;

export const attentionSubjectSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("node"), key: z.string(), name: z.string() }),
  z.object({ kind: z.literal("network") }),
  z.object({ kind: z.literal("ingest"), topic: z.string() }),
  z.object({ kind: z.literal("indexer"), family: z.string() }),
]);

/** A finding in words, worst first: "fsn1-s07: 3.84 % of requests failed in 15 min, limit 1 %". */
export const attentionSchema = z.object({
  id: z.string(),
  severity: z.enum(["crit", "warn", "unknown"]),
  title: z.string(),
  detail: z.string(),
  subject: attentionSubjectSchema,
  since: instantSchema.nullable(),
});
export type Attention = z.infer<typeof attentionSchema>;

export const siteSchema = z.object({
  site: z.string(),
  region: z.string().nullable(),
  opsPerSecond: figureSchema,
  nodes: z.array(z.object({ key: z.string(), name: z.string(), status: nodeStatusSchema })),
});
export type Site = z.infer<typeof siteSchema>;

export const chainHeadSchema = indexerStatusSchema.extend({
  finalizedHeight: z.int().nullable(),
  /** When the console last looked. */
  readAt: instantSchema,
});
export type ChainHead = z.infer<typeof chainHeadSchema>;

export const ingestTopicSchema = ingestStatusSchema.extend({
  /** Records that could not be read, mean of 10 s. */
  deadLettersPerSecond: figureSchema,
  /** Records a second in the last 10 min, a value for every 10 s. */
  spark: z.string(),
});
export type IngestTopic = z.infer<typeof ingestTopicSchema>;

export const overviewSchema = z.object({
  at: instantSchema,
  nodes: z.object({
    total: z.int(),
    heard: z.int(),
    byStatus: z.array(z.object({ kind: nodeStateSchema, nodes: z.int() })),
    /** Newest telemetry or activity of any node. */
    heardAt: instantSchema.nullable(),
  }),
  clusters: z.int(),
  operations: z.object({
    perSecond: figureSchema,
    byType: z.array(z.object({ operation: z.enum(operations), perSecond: z.number() })),
    provenPerSecond: z.number(),
    failureRatio: figureSchema,
    spark: z.string(),
  }),
  latency: z.object({ p50Ms: figureSchema, p95Ms: figureSchema, p99Ms: figureSchema, p99Spark: z.string() }),
  stored: z.object({
    bytes: figureSchema,
    capacityBytes: figureSchema,
    reportingNodes: z.int(),
    /** "Full in 74 days", "No growth". */
    forecast: z.string(),
    fullInDays: figureSchema,
    spark: z.string(),
  }),
  attention: z.array(attentionSchema),
  attentionTotal: z.int(),
  sites: z.array(siteSchema),
  /** Of the last 24 h. */
  economics: economicsWindowSchema,
  chain: z.array(chainHeadSchema),
  ingest: z.array(ingestTopicSchema),
  stalled: stalledSchema.nullable(),
});
export type Overview = z.infer<typeof overviewSchema>;

export const overviewSeriesInput = overviewInput.extend(rangeInput.shape);
export type OverviewSeriesInput = z.output<typeof overviewSeriesInput>;

export const overviewSeriesSchema = z.object({
  at: instantSchema,
  steps: stepsSchema,
  /** Per second, by type. */
  operations: z.array(lineSchema),
  failures: z.array(lineSchema),
  /** All nodes together; sketches merged, not averages of percentiles. */
  latency: z.array(lineSchema),
  /** What happened meanwhile: newest software, nodes that went and stayed silent. Oldest first. */
  marks: z.array(
    z.object({ at: instantSchema, severity: z.enum(["crit", "warn", "info"]), text: z.string() }),
  ),
});
export type OverviewSeries = z.infer<typeof overviewSeriesSchema>;
