import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { manifestSchema } from "../agents/manifest-schema.ts";
import { agentIdSchema, cidSchema, environmentSchema, paramsSchema, recordSchema } from "./schema.ts";

// What a runtime is told (Kafka, compacted; the key is `<environment>/<agent id>`) and what it answers: CloudEvents 1.0 JSON.

const envelope = {
  specversion: z.literal("1.0"),
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(500),
  time: z.iso.datetime({ offset: true }),
};

export const desiredType = "console.agent.deployment.desired.v1";
export const desiredStateSchema = z.object({
  ...envelope,
  type: z.literal(desiredType),
  subject: z.string(),
  data: z.object({
    agentId: agentIdSchema,
    environment: environmentSchema,
    /** Grows with every SET; one that is not newer than what a runtime has is ignored. */
    generation: z.int(),
    /** Empty: the agent is taken out. */
    records: z.array(recordSchema),
    /** By the CID of a version: which bytes to run, fetched as `pieces/<bundleCid>` and hashed before they run. */
    versions: z.record(
      cidSchema,
      z.object({ bundleCid: z.string(), semver: z.string(), manifest: manifestSchema }),
    ),
    /** Hot configuration, for all versions: each sees the settings that its manifest declares. */
    config: z
      .object({
        /** Grows by itself, beside the generation; 0 = nothing was ever set. */
        revision: z.int(),
        settings: paramsSchema,
        /** By name: a JWE (ECDH-ES with X25519, A256GCM) for the key of the environment's runtimes; its header names `agent` and `secret`. */
        secrets: z.record(z.string(), z.string()),
      })
      .default({ revision: 0, settings: {}, secrets: {} }),
  }),
});
export type DesiredState = z.output<typeof desiredStateSchema>;

const place = {
  agentId: agentIdSchema,
  environment: environmentSchema,
  instance: z.string().min(1).max(100),
  region: z.string().min(1).max(60),
};
const instant = z.iso.datetime({ offset: true });

/** Something that a job read or made. Where DDC holds it, its network and bucket are named. */
export const contentSchema = z.object({
  cid: z.string().regex(/^b[a-z2-7]{10,120}$/),
  /** "event", "output", or what the event calls it. */
  name: z.string().max(200),
  network: z.enum(networkNames).nullable(),
  bucket: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullable(),
  bytes: z.int().min(0).nullable(),
});
export type Content = z.output<typeof contentSchema>;
/** An engagement that the event met. */
export const taskSchema = z.object({
  id: z.string().max(128),
  handler: z.string().max(100),
  startedAt: instant,
  tookMs: z.number().min(0).max(86_400_000),
  error: z.string().max(2_000).nullable(),
});
export type Task = z.output<typeof taskSchema>;
export const logLineSchema = z.object({
  /** Since the job began. */
  afterMs: z.number().min(0).max(86_400_000),
  /** Of the task that said it. */
  task: z.string().max(128),
  level: z.enum(["debug", "info", "warn", "error"]),
  text: z.string().max(2_000),
});
export type LogLine = z.output<typeof logLineSchema>;
const job = z.object({
  ...place,
  version: cidSchema,
  record: z.string().max(63),
  eventId: z.string().max(200),
  eventType: z.string().max(200),
  vaultId: z.string().max(200),
  vaultScope: z.string().max(200),
  startedAt: instant,
  tookMs: z.number().min(0).max(86_400_000),
  output: z.string().max(4_000).nullable(),
  tasks: z.array(taskSchema).max(50).default([]),
  logs: z.array(logLineSchema).max(200).default([]),
  inputs: z.array(contentSchema).max(50).default([]),
  outputs: z.array(contentSchema).max(50).default([]),
});

export const statusTypes = {
  heartbeat: "console.agent.instance.heartbeat.v1",
  acknowledged: "console.agent.deployment.acknowledged.v1",
  configAcknowledged: "console.agent.config.acknowledged.v1",
  finished: "console.agent.job.finished.v1",
  failed: "console.agent.job.failed.v1",
} as const;

/** The key is the agent's id. Jobs are told when they end. */
export const agentStatusSchema = z.discriminatedUnion("type", [
  z.object({
    ...envelope,
    type: z.literal(statusTypes.heartbeat),
    /** `revision` of the configuration that it runs; one that does not say so is not known to run any. */
    data: z.object({ ...place, generation: z.int(), revision: z.int().nullable().default(null) }),
  }),
  z.object({
    ...envelope,
    type: z.literal(statusTypes.acknowledged),
    /** `fault`: why it could not be taken (a bundle that does not hash to its CID …); the earlier one runs on. */
    data: z.object({ ...place, generation: z.int(), fault: z.string().max(1_000).nullable() }),
  }),
  z.object({
    ...envelope,
    type: z.literal(statusTypes.configAcknowledged),
    /** `fault`: why it could not be taken (a secret that does not open …); the earlier one is in use. */
    data: z.object({ ...place, revision: z.int(), fault: z.string().max(1_000).nullable() }),
  }),
  z.object({ ...envelope, type: z.literal(statusTypes.finished), data: job }),
  z.object({
    ...envelope,
    type: z.literal(statusTypes.failed),
    data: job.extend({ error: z.string().max(2_000), stack: z.string().max(10_000).nullable() }),
  }),
]);
export type AgentStatus = z.output<typeof agentStatusSchema>;

/** The Event Runtime's envelope (CEF-AI/Cef-Send-Event-Action); the vault is the account, its scope the workspace. */
export const agentEventSchema = z.object({
  id: z.string().min(1).max(200),
  timestamp: z.string(),
  event_type: z.string().min(1).max(200),
  context_path: z.object({
    agent_service: z.string(),
    workspace: z.string().optional(),
    stream: z.string().optional(),
  }),
  payload: z.json(),
  account_id: z.string().min(1).max(200),
  app_id: z.string().optional(),
  signature: z.string().optional(),
});
export type AgentEvent = z.output<typeof agentEventSchema>;
