import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { contentSchema, logLineSchema } from "../deployments/desired-state-schema.ts";
import { agentIdSchema, cidSchema, environmentSchema, setCauses } from "../deployments/schema.ts";
import { runStatuses } from "./run-rules.ts";

const instant = z.iso.datetime();
const moment = z.string().max(40).optional();
const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);

const versionSchema = z.object({
  cid: cidSchema,
  /** Null = the registry does not know it (any more). */
  semver: z.string().nullable(),
});

export const runFilterInput = z.object({
  agentId: agentIdSchema,
  environment: environmentSchema,
  version: cidSchema.nullish(),
  status: z.enum(runStatuses).nullish(),
  instance: word(100).nullish(),
  vaultId: word(200).nullish(),
  /** Of something that it read or made. */
  cid: z
    .string()
    .regex(/^b[a-z2-7]{10,120}$/, "Must be a CID.")
    .nullish(),
  slowerThanMs: z.number().min(0).max(86_400_000).nullish(),
  from: moment,
  to: moment,
  asOf: moment,
});
export type RunFilter = z.output<typeof runFilterInput>;
export const listRunsInput = runFilterInput.extend({
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListRunsInput = z.output<typeof listRunsInput>;

export const runSchema = z.object({
  id: z.string(),
  agentId: agentIdSchema,
  environment: environmentSchema,
  version: versionSchema,
  /** Of the SET, that picked the event out. */
  record: z.string(),
  instance: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  vaultId: z.string(),
  vaultScope: z.string(),
  startedAt: instant,
  endedAt: instant,
  tookMs: z.number(),
  status: z.enum(runStatuses),
  error: z.string().nullable(),
  /** The first thing that it made. */
  output: contentSchema.nullable(),
});
export type Run = z.infer<typeof runSchema>;
export const runPageSchema = z.object({ rows: z.array(runSchema), next: z.string().nullable() });

export const runTotalsSchema = z.object({
  from: instant,
  to: instant,
  /** Of every job, exact, in whole slots of ten seconds. */
  finished: z.int(),
  failed: z.int(),
  /** Older ones are gone. */
  keptSince: instant,
});
export type RunTotals = z.infer<typeof runTotalsSchema>;

export const runInput = z.object({ agentId: agentIdSchema, id: word(200) });
export const runDetailSchema = z.object({
  run: runSchema,
  region: z.string().nullable(),
  stack: z.string().nullable(),
  /** JSON text; null = it gave nothing. */
  result: z.string().nullable(),
  tasks: z.array(
    z.object({
      id: z.string(),
      handler: z.string(),
      startedAt: instant,
      tookMs: z.number(),
      error: z.string().nullable(),
    }),
  ),
  logs: z.array(logLineSchema),
  inputs: z.array(contentSchema),
  outputs: z.array(contentSchema),
  /** The SET in force when it began; null = none is known of that time. */
  set: z.object({ generation: z.int(), appliedAt: instant }).nullable(),
  /** Roots of the lineage graph that it is in, as OpenLineage events named them. */
  lineage: z.array(z.object({ network: z.enum(networkNames), root: z.string() })),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const runInstancesInput = z.object({ agentId: agentIdSchema });
export const runInstanceSchema = z.object({
  environment: environmentSchema,
  instance: z.string(),
  region: z.string(),
  heardAt: instant,
  isSilent: z.boolean(),
  /** Of the SET that it says it runs. */
  generation: z.int().nullable(),
  /** Of the SET in force. */
  wanted: z.int(),
  versions: z.array(versionSchema),
  fault: z.string().nullable(),
});
export type RunInstance = z.infer<typeof runInstanceSchema>;

export const liveInput = z.object({ agentId: agentIdSchema, from: moment, to: moment, asOf: moment });
export const liveAtInput = z.object({ agentId: agentIdSchema, at: z.string().max(40) });
const liveShareSchema = versionSchema.extend({ percent: z.number(), isDefault: z.boolean() });
export const liveSpanSchema = z.object({
  generation: z.int(),
  from: instant,
  /** Null = it is in force. */
  until: instant.nullable(),
  cause: z.enum(setCauses),
  author: z.string(),
  note: z.string(),
  /** Of the events that no record picks out. Empty: the agent was taken out. */
  shares: z.array(liveShareSchema),
  targeted: z.array(versionSchema),
});
export type LiveSpan = z.infer<typeof liveSpanSchema>;
export const livePlaceSchema = z.object({
  environment: environmentSchema,
  spans: z.array(liveSpanSchema),
  /** There were more in that time than are given. */
  isCut: z.boolean(),
});
export const liveHistorySchema = z.object({ from: instant, to: instant, places: z.array(livePlaceSchema) });
export type LiveHistory = z.infer<typeof liveHistorySchema>;
export const liveAtSchema = z.object({
  at: instant,
  places: z.array(
    z.object({
      environment: environmentSchema,
      span: liveSpanSchema.nullable(),
      /** Of the hot configuration; null = there was none, and the manifest's defaults held. */
      configRevision: z.int().nullable(),
    }),
  ),
});
export type LiveAt = z.infer<typeof liveAtSchema>;
