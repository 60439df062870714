import { z } from "zod";
import { agentIdSchema, cidSchema, environmentSchema } from "../deployments/schema.ts";

export const strategies = ["all_at_once", "rolling", "canary"] as const;

/** `weight` is the candidate's share in percent; 100 is what follows the last step. */
export const stepSchema = z.strictObject({
  weight: z.int().min(1).max(99),
  seconds: z.int().min(1).max(604_800),
  /** Whether the step ends only with a verdict. */
  analysed: z.boolean(),
});

/** Limits for the candidate against the stable version over the same time. */
export const analysisPlanSchema = z.strictObject({
  minSample: z.int().min(10).max(1_000_000),
  intervalSeconds: z.int().min(1).max(3_600),
  /** Percentage points of the error rate. */
  errorPoints: z.number().min(0).max(100),
  latencyP99Percent: z.number().min(0).max(10_000),
  /** How many intervals in a row latency must be over its limit. */
  latencyIntervals: z.int().min(1).max(100),
});
export type AnalysisPlan = z.output<typeof analysisPlanSchema>;

export const gatesPlanSchema = z.strictObject({
  alerts: z.boolean(),
  /** How many times faster than its budget allows the agent may fail; null = not looked at. */
  maxBurn: z.number().min(1).max(1_000).nullable(),
  freeze: z.boolean(),
});

export const planSchema = z
  .strictObject({
    strategy: z.enum(strategies),
    steps: z.array(stepSchema).max(20),
    analysis: analysisPlanSchema,
    gates: gatesPlanSchema,
    deadlineSeconds: z.int().min(10).max(2_592_000),
  })
  .refine(({ steps }) => steps.every(({ weight }, at) => at === 0 || weight > (steps[at - 1]?.weight ?? 0)), {
    message: "Weights grow from step to step.",
    path: ["steps"],
  })
  .refine(({ strategy, steps }) => (strategy === "all_at_once") === (steps.length === 0), {
    message: "All at once has no steps, the others have some.",
    path: ["steps"],
  });
export type Plan = z.output<typeof planSchema>;

export const phases = ["waiting", "running", "paused", "succeeded", "rolled_back", "withdrawn"] as const;
export const phaseSchema = z.enum(phases);

export const metricVerdictSchema = z.object({
  metric: z.enum(["error_rate", "latency_p99"]),
  stable: z.number().nullable(),
  candidate: z.number().nullable(),
  /** Points of the error rate, percent of the latency. */
  difference: z.number().nullable(),
  limit: z.number(),
  result: z.enum(["pass", "over", "unclear", "short"]),
});
export const verdictSchema = z.object({
  result: z.enum(["pass", "fail", "inconclusive"]),
  stableCount: z.int(),
  candidateCount: z.int(),
  minSample: z.int(),
  metrics: z.array(metricVerdictSchema),
  /** Successive intervals in which latency was over its limit. */
  latencyOvers: z.int(),
  /** Why, as a sentence. */
  why: z.string(),
});
export type Verdict = z.output<typeof verdictSchema>;
export type MetricVerdict = z.output<typeof metricVerdictSchema>;

export const gateSchema = z.object({
  gate: z.enum(["alerts", "budget", "freeze", "bundle", "runtime"]),
  holds: z.boolean(),
  detail: z.string(),
});
export type Gate = z.output<typeof gateSchema>;

/** All that a controller has to know to go on, wherever the last one died. Times are ms since 1970. */
export const stateSchema = z.object({
  phase: phaseSchema,
  /** -1 before the first step. */
  step: z.int(),
  /** The candidate's share of traffic, 0 to 100. */
  weight: z.int(),
  /** Time in this step in which no gate held. */
  elapsedMs: z.number(),
  /** Somebody said that the step need not be waited for. */
  isSkipped: z.boolean(),
  startedAt: z.number(),
  stepAt: z.number().nullable(),
  tickedAt: z.number(),
  judgedAt: z.number().nullable(),
  verdict: verdictSchema.nullable(),
  gates: z.array(gateSchema),
  approvedBy: z.string().nullable(),
  /** Why it is paused or was rolled back. */
  reason: z.string().nullable(),
});
export type RolloutState = z.output<typeof stateSchema>;

export const placeInput = z.object({ agentId: agentIdSchema, environment: environmentSchema });
export const startRolloutInput = placeInput.extend({
  version: cidSchema,
  plan: planSchema,
  note: z.string().trim().min(1).max(500),
});
export type StartRolloutInput = z.output<typeof startRolloutInput>;

const instant = z.iso.datetime();
const reasonSchema = z.string().trim().min(1, "Say why.").max(500);
const rolloutIdSchema = z.string().regex(/^\d{1,18}$/);
export const rolloutInput = placeInput.extend({ id: rolloutIdSchema });
export type RolloutInput = z.output<typeof rolloutInput>;
export const reasonedRolloutInput = rolloutInput.extend({ reason: reasonSchema });
export type ReasonedRolloutInput = z.output<typeof reasonedRolloutInput>;
export const unlockInput = placeInput.extend({ reason: reasonSchema });
export type UnlockInput = z.output<typeof unlockInput>;
export const listRolloutsInput = placeInput.extend({
  before: rolloutIdSchema.optional(),
  limit: z.int().min(1).max(100).default(20),
});
export type ListRolloutsInput = z.output<typeof listRolloutsInput>;

export const rolloutSchema = z.object({
  id: z.string(),
  agentId: agentIdSchema,
  environment: environmentSchema,
  stable: z.object({ cid: cidSchema, semver: z.string() }).nullable(),
  candidate: z.object({ cid: cidSchema, semver: z.string() }),
  plan: planSchema,
  state: stateSchema,
  note: z.string(),
  startedBy: z.string(),
  startedById: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
});
export type Rollout = z.output<typeof rolloutSchema>;
export const rolloutPageSchema = z.object({ rows: z.array(rolloutSchema), next: z.string().nullable() });

export const pointSchema = z.object({
  at: instant,
  count: z.int(),
  errorPercent: z.number().nullable(),
  p99Ms: z.number().nullable(),
});
export const rolloutDetailSchema = z.object({
  rollout: rolloutSchema,
  events: z.array(
    z.object({ at: instant, kind: z.string(), actor: z.string().nullable(), note: z.string().nullable() }),
  ),
  /** Slots of 10 s, oldest first. */
  stable: z.array(pointSchema),
  candidate: z.array(pointSchema),
  isLocked: z.boolean(),
});
export type RolloutDetail = z.output<typeof rolloutDetailSchema>;

export type GatesPlan = z.output<typeof gatesPlanSchema>;
