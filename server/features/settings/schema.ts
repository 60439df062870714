import { z } from "zod";
import { bindingNames } from "../../kernel/bindings.ts";
import { networkNames } from "../../kernel/networks.ts";
import { alertSourceStates } from "../alertmanager/source-rules.ts";
import { registrySourceSchema } from "../registry/schema.ts";
import { ingestStates } from "../system/schema.ts";

const instant = z.iso.datetime();

export const sourcesSchema = z.object({ at: instant, indexers: z.array(registrySourceSchema) });
export type Sources = z.output<typeof sourcesSchema>;

export const bindingHealthSchema = z.object({
  binding: z.enum(bindingNames),
  /** Null = its records say themselves which network they are of. */
  network: z.enum(networkNames).nullable(),
  topic: z.string(),
  /** As far as ingest has read any of it; null = it never did. */
  partitions: z.int().nullable(),
  recordsPerSecond: z.number().nullable(),
  lagRecords: z.int().nullable(),
  behindMs: z.number().nullable(),
  storedAt: instant.nullable(),
  state: z.enum(ingestStates),
  reason: z.string().nullable(),
  since: instant.nullable(),
  /** Mean rate of each half minute of the last ten, oldest first; null = nothing is known of it. */
  trend: z.array(z.number().nullable()),
  deadLetters24h: z.int(),
  lastDeadLetter: z.object({ at: instant, reason: z.string(), record: z.string() }).nullable(),
});
export type BindingHealth = z.output<typeof bindingHealthSchema>;
export const bindingsHealthSchema = z.object({ at: instant, bindings: z.array(bindingHealthSchema) });
export type BindingsHealth = z.output<typeof bindingsHealthSchema>;

export const alertSourceSchema = z.object({
  network: z.enum(networkNames),
  /** Null = its webhook comes, and ALERTMANAGER_URLS names none that could be asked. */
  host: z.string().nullable(),
  readAt: instant.nullable(),
  /** When the alert that always fires last came; null = never. */
  heartbeatAt: instant.nullable(),
  state: z.enum(alertSourceStates),
  reason: z.string().nullable(),
});
export type AlertSource = z.output<typeof alertSourceSchema>;
export const alertSourcesSchema = z.object({ at: instant, alertmanagers: z.array(alertSourceSchema) });
export type AlertSources = z.output<typeof alertSourcesSchema>;

export const monitoringServiceSchema = z.object({
  service: z.enum(["prometheus", "grafana"]),
  /** Where it is asked, or where people see it; null = it is not configured, or shows nothing. */
  host: z.string().nullable(),
  state: z.enum(["absent", "ok", "down"]),
  /** "12 of 13 targets up", "version 12.4.1". */
  gives: z.string().nullable(),
  reason: z.string().nullable(),
});
export type MonitoringService = z.output<typeof monitoringServiceSchema>;
export const monitoringSchema = z.object({ at: instant, services: z.array(monitoringServiceSchema) });
export type Monitoring = z.output<typeof monitoringSchema>;

/** What is kept for a time of its own: raw records, and windows of each width. */
export const keptKinds = ["raw", "1s", "1m", "1h", "1d"] as const;
export type KeptKind = (typeof keptKinds)[number];

export const keptSchema = z.object({
  kind: z.enum(keptKinds),
  /** Null = for good. */
  days: z.number().nullable(),
  defaultDays: z.number().nullable(),
  sizeBytes: z.number(),
  partitions: z.int(),
  oldest: instant.nullable(),
});
export type Kept = z.output<typeof keptSchema>;

export const retentionSchema = z.object({
  kinds: z.array(keptSchema),
  changedBy: z.string().nullable(),
  changedAt: instant.nullable(),
});
export type RetentionAnswer = z.output<typeof retentionSchema>;

const change = {
  kind: z.enum(keptKinds),
  /** Null = for good. A day is the narrowest partition, so less than one drops nothing more. */
  days: z.number().min(1).max(36_500).nullable(),
};
export const previewRetentionInput = z.object(change);
export type PreviewRetentionInput = z.output<typeof previewRetentionInput>;

/** What the next upkeep drops for good, within ten minutes of the change. */
export const retentionPreviewSchema = z.object({
  partitions: z.array(z.object({ name: z.string(), from: instant, to: instant, sizeBytes: z.number() })),
  sizeBytes: z.number(),
});
export type RetentionPreview = z.output<typeof retentionPreviewSchema>;

export const setRetentionInput = z.object({
  ...change,
  /** How many partitions the person was told would be dropped: more of them than that is a conflict. */
  drops: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type SetRetentionInput = z.output<typeof setRetentionInput>;

export const configEntrySchema = z.object({
  variable: z.string(),
  about: z.string(),
  /** Its value is never sent; of an address, the part without names and passwords is. */
  isSecret: z.boolean(),
  value: z.string().nullable(),
  source: z.enum(["environment", "default", "not set"]),
});
export const configurationSchema = z.array(configEntrySchema);
export type ConfigEntry = z.output<typeof configEntrySchema>;
