import { z } from "zod";
import { operations, statuses } from "../../kernel/cells.ts";
import { grains } from "../../kernel/time-range.ts";
import {
  figureSchema,
  instantSchema,
  networkSchema,
  nodeInput,
  nodeKeySchema,
  nodeRowSchema,
  rangeInput,
} from "./schema.ts";

// What a node did over time. Units and times as in schema.ts.

export const seriesKinds = [
  "operations",
  "failures",
  "latency",
  "heatmap",
  "cpu_memory",
  "disk_read",
  "disk",
  "network",
  "stored",
  "clock_skew",
] as const;
export type SeriesKind = (typeof seriesKinds)[number];

export const nodeSeriesInput = nodeInput.extend(rangeInput.shape).extend({
  kinds: z.array(z.enum(seriesKinds)).min(1).max(seriesKinds.length),
});
export type NodeSeriesInput = z.output<typeof nodeSeriesInput>;

export const lineUnits = ["per_second", "ms", "ratio", "bps", "bytes"] as const;
export const lineNames = [
  ...operations,
  ...statuses,
  "requests",
  "failure_ratio",
  "p50",
  "p95",
  "p99",
  "cpu",
  "memory",
  "disk",
  "disk_read",
  "disk_read_max",
  "net_in",
  "net_out",
  "link",
  "net_max",
  "stored",
  "capacity",
  "clock_skew",
] as const;

/** `values[i]` belongs to the step that starts at start + i × stepMs; null is a gap. */
export const lineSchema = z.object({
  name: z.enum(lineNames),
  unit: z.enum(lineUnits),
  values: z.array(figureSchema),
  /** Newest complete step that is known. */
  current: figureSchema,
});
export type Line = z.infer<typeof lineSchema>;

/** Steps of a panel: `points` of `stepMs` from `start`. From `partialFrom` on figures still grow. */
export const stepsSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  grain: z.enum(grains),
  stepMs: z.int(),
  start: instantSchema,
  points: z.int(),
  partialFrom: instantSchema.nullable(),
});
export type Steps = z.infer<typeof stepsSchema>;

/**
 * Requests by latency: `counts[step][row]`, row i from `edgesMs[i]` to `edgesMs[i + 1]`; null = a gap. Its own, coarser
 * steps. `max` is the highest count, for the colour scale.
 */
export const heatmapSchema = z.object({
  steps: stepsSchema,
  edgesMs: z.array(z.number()),
  counts: z.array(z.array(z.int()).nullable()),
  max: z.int(),
});
export type Heatmap = z.infer<typeof heatmapSchema>;

/** A stretch in which a source said nothing, inside the range. */
export const gapSchema = z.object({
  source: z.enum(["telemetry", "activity", "node_exporter"]),
  from: instantSchema,
  to: instantSchema,
});
export type Gap = z.infer<typeof gapSchema>;

export const nodeSeriesSchema = z.object({
  at: instantSchema,
  steps: stepsSchema,
  panels: z.array(z.object({ kind: z.enum(seriesKinds), lines: z.array(lineSchema) })),
  heatmap: heatmapSchema.nullable(),
  gaps: z.array(gapSchema),
  /** Whether telemetry came in the range at all: where none did, `nodes.hostSeries` may know more. */
  hasTelemetry: z.boolean(),
});
export type NodeSeries = z.infer<typeof nodeSeriesSchema>;

/** What node-exporter can tell of a node's machine. */
export const hostKinds = [
  "cpu_memory",
  "disk",
  "disk_read",
  "network",
] as const satisfies readonly SeriesKind[];
export type HostKind = (typeof hostKinds)[number];

export const hostSeriesInput = nodeInput.extend(rangeInput.shape).extend({
  kinds: z.array(z.enum(hostKinds)).min(1).max(hostKinds.length),
});
export type HostSeriesInput = z.output<typeof hostSeriesInput>;

export const hostSourceSchema = z.discriminatedUnion("kind", [
  /** The node reports itself in this range: nobody was asked. */
  z.object({ kind: z.literal("telemetry") }),
  z.object({
    kind: z.literal("node_exporter"),
    /** Host and port of the Prometheus that scrapes it. */
    prometheus: z.string(),
    isUp: z.boolean(),
    scrapedAt: instantSchema,
  }),
  /** `why` says what is missing and how to get it. */
  z.object({ kind: z.literal("absent"), why: z.string() }),
]);

/** Lines hold only what was read; panels are empty unless node-exporter was. */
export const hostSeriesSchema = nodeSeriesSchema
  .pick({ at: true, steps: true, panels: true, gaps: true })
  .extend({ from: hostSourceSchema });
export type HostSeries = z.infer<typeof hostSeriesSchema>;

export const nodeHeatmapInput = nodeInput.extend(rangeInput.shape);
export type NodeHeatmapInput = z.output<typeof nodeHeatmapInput>;

export const nodeForecastInput = nodeInput.extend({ asOf: rangeInput.shape.asOf });
export type NodeForecastInput = z.output<typeof nodeForecastInput>;

/** `low` to `high` is the band that holds four of five outcomes. */
export const forecastPointSchema = z.object({
  at: instantSchema,
  bytes: z.number(),
  lowBytes: z.number(),
  highBytes: z.number(),
});
export const forecastVerdicts = [
  "full",
  "full_in",
  "no_growth",
  "beyond_horizon",
  "not_enough_data",
] as const;
export const forecastSchema = z.object({
  verdict: z.enum(forecastVerdicts),
  /** "Full in 19 days", "No growth", "Not enough data: 2 of 3 days". */
  wording: z.string(),
  history: z.array(z.object({ at: instantSchema, bytes: figureSchema })),
  ahead: z.array(forecastPointSchema),
  capacityBytes: figureSchema,
  bytesPerDay: figureSchema,
  fullInDays: figureSchema,
  fullAt: instantSchema.nullable(),
  /** The 80 % band of fullAt; the late end is null when it may never fill. */
  fullAtEarliest: instantSchema.nullable(),
  fullAtLatest: instantSchema.nullable(),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const compareNodesInput = z
  .object({ network: networkSchema, keys: z.array(nodeKeySchema).min(2).max(6) })
  .extend(rangeInput.shape);
export type CompareNodesInput = z.output<typeof compareNodesInput>;

/** The same lines for each node, on the same steps. */
export const nodeComparisonSchema = z.object({
  at: instantSchema,
  steps: stepsSchema,
  nodes: z.array(z.object({ node: nodeRowSchema, lines: z.array(lineSchema) })),
});
export type NodeComparison = z.infer<typeof nodeComparisonSchema>;

export const nodeEventKinds = [
  "silence",
  "probe_missed",
  "wrong_bytes",
  "changed",
  "removed",
  "first_seen",
] as const;
export const listNodeEventsInput = nodeInput.extend(rangeInput.shape).extend({
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListNodeEventsInput = z.output<typeof listNodeEventsInput>;

/** Something that happened, newest first. `until` null = it lasts, or it was a moment. */
export const nodeEventSchema = z.object({
  id: z.string(),
  at: instantSchema,
  until: instantSchema.nullable(),
  kind: z.enum(nodeEventKinds),
  severity: z.enum(["info", "warn"]),
  /** "Version 1.14.2 → 1.15.0", "No telemetry for 5 m 00 s". */
  text: z.string(),
});
export type NodeEvent = z.infer<typeof nodeEventSchema>;

export const nodeEventPageSchema = z.object({
  rows: z.array(nodeEventSchema),
  next: z.string().nullable(),
});
export type NodeEventPage = z.infer<typeof nodeEventPageSchema>;
