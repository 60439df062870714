import { z } from "zod";
import { bindingNames } from "../../kernel/bindings.ts";
import { networkNames } from "../../kernel/networks.ts";
import { sourceFamilies, sourceStates } from "../registry/schema.ts";

// Times are RFC 3339 UTC; null is "not known", never 0. Reasons are sentences for a person.

const instantSchema = z.iso.datetime();

export const systemStatusInput = z.object({ network: z.enum(networkNames) });
export type SystemStatusInput = z.output<typeof systemStatusInput>;

/** What a page draws: a part that fails darkens some of these and leaves the others alone. */
export const panels = [
  "operations",
  "latency",
  "failures",
  "resources",
  "storage",
  "registered",
  "economics",
  "live",
] as const;
export const panelSchema = z.enum(panels);
export type Panel = z.infer<typeof panelSchema>;

export const ingestStates = ["ok", "degraded", "down"] as const;

export const ingestStatusSchema = z.object({
  binding: z.enum(bindingNames),
  topic: z.string(),
  /** Mean of the last 10 full seconds. */
  recordsPerSecond: z.number().nullable(),
  lagRecords: z.int().nullable(),
  /** How old the newest record was when it was stored; while records wait: how old it is now. */
  behindMs: z.number().nullable(),
  state: z.enum(ingestStates),
  reason: z.string().nullable(),
  since: instantSchema.nullable(),
});
export type IngestStatus = z.infer<typeof ingestStatusSchema>;

export const indexerStatusSchema = z.object({
  family: z.enum(sourceFamilies),
  height: z.int().nullable(),
  lagBlocks: z.int().nullable(),
  lagMs: z.number().nullable(),
  state: z.enum(sourceStates),
  reason: z.string().nullable(),
  since: instantSchema.nullable(),
});
export type IndexerStatus = z.infer<typeof indexerStatusSchema>;

/** One line of the status bar: what is degraded, why, since when, and what cannot be believed meanwhile. */
export const degradedSchema = z.object({
  part: z.string(),
  reason: z.string(),
  since: instantSchema.nullable(),
  panels: z.array(panelSchema),
});
export type Degraded = z.infer<typeof degradedSchema>;

export const systemStatusSchema = z.object({
  version: z.string(),
  commit: z.string().nullable(),
  at: instantSchema,
  indexer: z.array(indexerStatusSchema),
  ingest: z.array(ingestStatusSchema),
  degraded: z.array(degradedSchema),
});
export type SystemStatus = z.infer<typeof systemStatusSchema>;
