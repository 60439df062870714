import { z } from "zod";
import { agentIdSchema, cidSchema, environmentSchema } from "../deployments/schema.ts";
import { replayVerdicts } from "./compare-rules.ts";
import { mostEvents, pathKinds, replayIdSchema, replaySideSchema } from "./replay-contract-schema.ts";
import { replayStates } from "./replay-rules.ts";

const instant = z.iso.datetime();
const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);
const place = { agentId: agentIdSchema, environment: environmentSchema };
const count = z.int().min(0);

export const replayPlanInput = z.object(place);
const replayableSchema = z.object({
  cid: cidSchema,
  semver: z.string(),
  state: z.enum(["draft", "validated", "deployed", "deprecated", "archived"]),
  uploadedAt: instant,
  /** Types of events that it engages. */
  eventTypes: z.array(z.string()),
});
export type ReplayableVersion = z.output<typeof replayableSchema>;
/** What a replay could be made of here. */
export const replayPlanSchema = z.object({
  /** What the SET's default gives; null = nothing is deployed here. */
  stable: cidSchema.nullable(),
  /** Verified and not archived, the newest first; the newest 200. */
  versions: z.array(replayableSchema),
  /** That would run it, heard of last; null = no runtime ever ran this agent here. */
  runtime: z.object({ instance: z.string(), heardAt: instant, isSilent: z.boolean() }).nullable(),
  configRevision: z.int(),
});
export type ReplayPlan = z.output<typeof replayPlanSchema>;

export const startReplayInput = z.object({
  ...place,
  stable: cidSchema,
  candidate: cidSchema,
  /** By the time of records in the event topic; an end that has not come yet is now. */
  from: instant,
  to: instant,
  /** None = every type that one of the versions engages. */
  eventTypes: z.array(word(200)).max(50).default([]),
  maxEvents: z.int().min(1).max(mostEvents).default(1_000),
});
export type StartReplayInput = z.output<typeof startReplayInput>;

export const replayInput = z.object({ ...place, id: replayIdSchema });
export type ReplayInput = z.output<typeof replayInput>;
export const replayRefInput = z.object({ agentId: agentIdSchema, id: replayIdSchema });
export type ReplayRef = z.output<typeof replayRefInput>;

const versionSchema = z.object({
  cid: cidSchema,
  /** Null = the registry does not know it (any more). */
  semver: z.string().nullable(),
});
export const verdictCountsSchema = z.object({
  new_error: count,
  different: count,
  slower: count,
  fixed_error: count,
  same: count,
});
export const replaySchema = z.object({
  id: replayIdSchema,
  ...place,
  stable: versionSchema,
  candidate: versionSchema,
  from: instant,
  to: instant,
  eventTypes: z.array(z.string()),
  maxEvents: z.int(),
  configRevision: z.int(),
  instance: z.string(),
  state: z.enum(replayStates),
  /** Why it ended so, where it did not end as it should. */
  reason: z.string().nullable(),
  askedBy: z.string(),
  askedAt: instant,
  deadline: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Records of the event topic that were looked at. */
  scanned: count,
  /** Of these, events for the agent in the window. */
  matched: count,
  /** How many are run; null while they are being looked for. */
  total: count.nullable(),
  verdicts: verdictCountsSchema,
});
export type Replay = z.output<typeof replaySchema>;

export const listReplaysInput = z.object({
  ...place,
  /** Older than this one. */
  cursor: replayIdSchema.nullish(),
  limit: z.int().min(1).max(100).default(20),
});
export type ListReplaysInput = z.output<typeof listReplaysInput>;
export const replayPageSchema = z.object({ rows: z.array(replaySchema), next: z.string().nullable() });

const sideSummarySchema = z.object({
  finished: count,
  failed: count,
  unhandled: count,
  /** Of the finished, those that gave nothing. */
  empty: count,
  /** Milliseconds; null = it ran nothing. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  maxMs: z.number().nullable(),
  /** Held back. */
  fetches: count,
  lines: count,
});
export type SideSummary = z.output<typeof sideSummarySchema>;
export const replayDetailSchema = z.object({
  replay: replaySchema,
  stable: sideSummarySchema,
  candidate: sideSummarySchema,
  /** Events by the candidate's time against the stable one's, in percent; the first and last take all beyond them. */
  times: z.array(z.object({ percent: z.int(), events: count })),
  /** Where outputs differ, most often first; up to 50. */
  paths: z.array(z.object({ path: z.string(), kind: z.enum(pathKinds), events: count })),
  /** Errors that only the candidate has, most often first; up to 20. */
  newErrors: z.array(z.object({ error: z.string(), events: count })),
  /** When the first and last of its events were recorded. */
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
});
export type ReplayDetail = z.output<typeof replayDetailSchema>;

export const replayEventsInput = z.object({
  agentId: agentIdSchema,
  id: replayIdSchema,
  /** None = all. */
  verdicts: z.array(z.enum(replayVerdicts)).max(replayVerdicts.length).default([]),
  /** Only those whose outputs differ there. */
  path: z.string().max(200).nullish(),
  error: z.string().max(2_000).nullish(),
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ReplayEventsInput = z.output<typeof replayEventsInput>;
const outcomeSchema = replaySideSchema.pick({ outcome: true, tookMs: true, cid: true, error: true });
export const replayEventRowSchema = z.object({
  seq: z.int(),
  verdict: z.enum(replayVerdicts),
  eventId: z.string(),
  eventType: z.string(),
  vaultId: z.string(),
  vaultScope: z.string(),
  at: instant,
  stable: outcomeSchema,
  candidate: outcomeSchema,
  paths: z.array(z.object({ path: z.string(), kind: z.enum(pathKinds) })),
});
export type ReplayEventRow = z.output<typeof replayEventRowSchema>;
export const replayEventPageSchema = z.object({
  rows: z.array(replayEventRowSchema),
  next: z.string().nullable(),
});

export const replayEventInput = replayRefInput.extend({ seq: z.int().min(0).max(mostEvents) });
export type ReplayEventInput = z.output<typeof replayEventInput>;
export const replayEventSchema = replayEventRowSchema.extend({
  partition: z.int(),
  offset: z.string(),
  bytes: count,
  stable: replaySideSchema,
  candidate: replaySideSchema,
});
export type ReplayEventDetail = z.output<typeof replayEventSchema>;
