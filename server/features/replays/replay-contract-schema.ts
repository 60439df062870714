import { z } from "zod";
import { manifestSchema } from "../agents/manifest-schema.ts";
import {
  agentIdSchema,
  cidSchema,
  environmentSchema,
  paramsSchema,
  recordSchema,
} from "../deployments/schema.ts";

// A shadow replay, as a runtime is asked for it and as it answers (Kafka; the key is the replay's id): CloudEvents 1.0 JSON.

export const mostEvents = 10_000;
export const replayIdSchema = z.string().regex(/^\d{1,18}$/);
const instant = z.iso.datetime({ offset: true });
const envelope = {
  specversion: z.literal("1.0"),
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(500),
  time: instant,
};
const of = { replay: replayIdSchema, agentId: agentIdSchema, environment: environmentSchema };
const place = { ...of, instance: z.string().min(1).max(100) };

const versionSchema = z.object({
  cid: cidSchema,
  /** Fetched as `pieces/<bundleCid>` and hashed before it runs. */
  bundleCid: z.string(),
  semver: z.string(),
  manifest: manifestSchema,
});

export const replayRequestTypes = {
  asked: "console.agent.replay.asked.v1",
  cancelled: "console.agent.replay.cancelled.v1",
} as const;

export const replayRequestSchema = z.discriminatedUnion("type", [
  z.object({
    ...envelope,
    type: z.literal(replayRequestTypes.asked),
    subject: z.string(),
    /** For the named instance only. Both versions get the same events and the same configuration; nothing that they do has an effect. */
    data: z.object({
      ...place,
      stable: versionSchema,
      candidate: versionSchema,
      window: z.object({
        /** By the time of the records in the event topic; `to` itself is outside. */
        from: instant,
        to: instant,
        /** None = every type that one of the versions engages. */
        eventTypes: z.array(z.string().min(1).max(200)).max(200),
        /** The earliest so many; those of other agents and types do not count. */
        maxEvents: z.int().min(1).max(mostEvents),
      }),
      /** Of the SET's default, for both versions. */
      record: recordSchema.pick({ params: true, engagements: true }),
      /** As in the desired state, for both versions. */
      config: z.object({
        revision: z.int(),
        settings: paramsSchema,
        secrets: z.record(z.string(), z.string()),
      }),
      /** Whoever hears it later leaves it: the console no longer waits. */
      acceptBy: instant,
      /** It is ended then, wherever it is. */
      deadline: instant,
    }),
  }),
  z.object({
    ...envelope,
    type: z.literal(replayRequestTypes.cancelled),
    subject: z.string(),
    data: z.object(place),
  }),
]);
export type ReplayRequest = z.output<typeof replayRequestSchema>;
export type ReplayAsked = Extract<ReplayRequest, { type: typeof replayRequestTypes.asked }>["data"];

export const replayOutcomes = ["finished", "failed", "unhandled"] as const;
const milliseconds = z.number().min(0).max(86_400_000);
const count = z.int().min(0).max(2_147_483_647);

/** What one version did with one event. */
export const replaySideSchema = z.object({
  /** `unhandled`: no engagement of it is for this event. */
  outcome: z.enum(replayOutcomes),
  /** How long it ran; other work on its machine is left out as far as that can be told. */
  tookMs: milliseconds.nullable(),
  /** Of its output as canonical JSON (keys sorted, no spaces), secrets hidden; null = it gave nothing. */
  cid: z
    .string()
    .regex(/^b[a-z2-7]{10,120}$/)
    .nullable(),
  bytes: count.nullable(),
  /** That text, up to 16,000 characters; null where both gave the same, which is not told. */
  output: z.string().max(16_000).nullable(),
  isCut: z.boolean(),
  /** `<name>: <message>` */
  error: z.string().max(2_000).nullable(),
  stack: z.string().max(10_000).nullable(),
  /** Fetches that it asked for: none is performed, each is refused. */
  fetches: count,
  /** Lines that it logged; they are not told. */
  lines: count,
});
export type ReplaySide = z.output<typeof replaySideSchema>;

export const pathKinds = ["added", "missing", "changed"] as const;
export const replayPathSchema = z.object({
  /** Into the output, items of a list as `[]`; "" = the output itself. */
  path: z.string().max(200),
  kind: z.enum(pathKinds),
});
export type ReplayPath = z.output<typeof replayPathSchema>;

export const replayedEventSchema = z.object({
  /** In the order in which they ran, from 0. */
  seq: z.int().min(0).max(mostEvents),
  eventId: z.string().max(200),
  eventType: z.string().max(200),
  vaultId: z.string().max(200),
  vaultScope: z.string().max(200),
  /** Where it stands: the record's time, partition and offset in the event topic. */
  at: instant,
  partition: z.int().min(0).max(1_000_000),
  offset: z.string().regex(/^\d{1,18}$/),
  bytes: count,
  stable: replaySideSchema,
  candidate: replaySideSchema,
  /** Where the outputs differ, up to 20 places. */
  paths: z.array(replayPathSchema).max(20),
});
export type ReplayedEvent = z.output<typeof replayedEventSchema>;

export const replayResultTypes = {
  accepted: "console.agent.replay.accepted.v1",
  progress: "console.agent.replay.progress.v1",
  ended: "console.agent.replay.ended.v1",
} as const;
const progress = {
  ...place,
  /** Records of the event topic that were looked at. */
  scanned: count,
  /** Of these, events for this agent in the window. */
  matched: count,
  /** How many of them are replayed; null while they are being looked for. */
  total: count.nullable(),
};

/** Told at least every few seconds while it works, so that one whose runtime died is known to have ended. */
export const replayResultSchema = z.discriminatedUnion("type", [
  z.object({ ...envelope, type: z.literal(replayResultTypes.accepted), data: z.object(place) }),
  z.object({
    ...envelope,
    type: z.literal(replayResultTypes.progress),
    data: z.object({ ...progress, events: z.array(replayedEventSchema).max(100) }),
  }),
  z.object({
    ...envelope,
    type: z.literal(replayResultTypes.ended),
    data: z.object({
      ...progress,
      /** `expired`: its deadline passed. */
      outcome: z.enum(["finished", "cancelled", "failed", "expired"]),
      /** Of a failure. */
      reason: z.string().max(1_000).nullable(),
    }),
  }),
]);
export type ReplayResult = z.output<typeof replayResultSchema>;
