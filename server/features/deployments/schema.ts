import { z } from "zod";

export const environments = ["dev", "staging", "prod"] as const;
export const environmentSchema = z.enum(environments);
export type Environment = z.output<typeof environmentSchema>;

/** `<public key of the agent service>:<alias>` (CEF-AI/cef-plugins). */
export const agentIdSchema = z
  .string()
  .regex(/^[0-9a-f]{64}:[a-z0-9][a-z0-9-]{0,62}$/, "is <64 hex digits>:<alias>");
/** A version is the CID of the DAG node that links its files. */
export const cidSchema = z.string().regex(/^baear4i[a-z2-7]{52}$/, "is no CID of a version");

export const maxRecords = 50;
export const paramValueSchema = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(100),
]);
export type ParamValue = z.output<typeof paramValueSchema>;
export const paramsSchema = z.record(z.string().max(64), paramValueSchema);

/** One record of a SET: who (targeting) gets what (version), and how much of a tier (weight). */
export const recordSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "is lower case letters, digits and dashes, up to 63"),
  /** The lowest that fits wins. */
  priority: z.int().min(0).max(10_000),
  /** CEL over vault.id, vault.scope and event.type; "" is the default. */
  targeting: z.string(),
  version: cidSchema,
  weight: z.int().min(1, "is 1 or more").max(10_000),
  enabled: z.boolean(),
  params: paramsSchema.default({}),
  /** By engagement id: false takes one out. */
  engagements: z.record(z.string().max(128), z.strictObject({ enabled: z.boolean() })).default({}),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type DeploymentRecord = z.output<typeof recordSchema>;

export const setSchema = z.array(recordSchema).min(1, "has no record").max(maxRecords);

export const setIssueSchema = z.object({
  /** RFC 6901, into the SET. */
  pointer: z.string(),
  rule: z.enum([
    "shape",
    "default",
    "names",
    "targeting",
    "versions",
    "weights",
    "expiry",
    "overrides",
    "held",
  ]),
  message: z.string(),
});
export type SetIssue = z.output<typeof setIssueSchema>;

export const setCauses = ["person", "reapply", "rollout", "rollback", "expiry"] as const;
export type SetCause = (typeof setCauses)[number];
export const placeInput = z.object({ agentId: agentIdSchema, environment: environmentSchema });
export type Place = z.output<typeof placeInput>;
/** Counts the SETs of a place; PostgreSQL holds it as an integer. */
const generationSchema = z.int().min(1).max(2_147_483_647);
const noteSchema = z.string().trim().min(1, "Say why.").max(500);

export const judgeSetInput = placeInput.extend({ records: z.json() });
export type JudgeSetInput = z.output<typeof judgeSetInput>;
export const setVerdictSchema = z.object({
  /** False: its shape is wrong, and only that and the targeting were judged. */
  isRead: z.boolean(),
  issues: z.array(setIssueSchema),
});
export type SetJudgement = z.output<typeof setVerdictSchema>;

export const applySetInput = judgeSetInput.extend({
  /** What the SET was when the change was made on it; 0 = there was none. */
  generation: z.literal(0).or(generationSchema),
  note: noteSchema,
});
export type ApplySetInput = z.output<typeof applySetInput>;
export const reapplySetInput = placeInput.extend({ generation: generationSchema, note: noteSchema });
export type ReapplySetInput = z.output<typeof reapplySetInput>;
export const proposalInput = placeInput.extend({ id: z.string().regex(/^\d{1,18}$/) });
export type ProposalInput = z.output<typeof proposalInput>;
export const withdrawProposalInput = proposalInput.extend({ reason: noteSchema });
export type WithdrawProposalInput = z.output<typeof withdrawProposalInput>;
export const proposedSchema = z.object({ id: z.string() });
export const appliedSchema = z.object({ generation: z.int() });

export const dryRunSchema = z.object({
  /** How many recent jobs it was tried on; nothing is executed. */
  events: z.int(),
  since: z.iso.datetime().nullable(),
  versions: z.array(z.object({ version: cidSchema, now: z.int(), draft: z.int() })),
  changes: z.array(
    z.object({
      vaultId: z.string(),
      scope: z.string(),
      events: z.int(),
      now: z.string().nullable(),
      draft: z.string().nullable(),
      record: z.string().nullable(),
    }),
  ),
  changedEvents: z.int(),
});
export type DryRun = z.output<typeof dryRunSchema>;

const instant = z.iso.datetime();
export const instanceSchema = z.object({
  instance: z.string(),
  region: z.string(),
  heardAt: instant,
  isSilent: z.boolean(),
  generation: z.int().nullable(),
  /** From the SET's application to the instance's word that it has it; null while it has not said so. */
  acknowledgedAfterMs: z.number().nullable(),
  fault: z.string().nullable(),
});
export type Instance = z.output<typeof instanceSchema>;

const namedVersionSchema = z.object({
  cid: cidSchema,
  semver: z.string(),
  state: z.enum(["draft", "validated", "deployed", "deprecated", "archived"]),
});

/** What somebody wants in force in prod; it waits for a second person. */
export const proposalSchema = z.object({
  id: z.string(),
  /** Of the SET that it was made against; another one in force since then makes it stale. */
  generation: z.int(),
  reapplies: z.int().nullable(),
  records: z.array(recordSchema),
  note: z.string(),
  authorId: z.string(),
  author: z.string(),
  madeAt: instant,
});
export type Proposal = z.output<typeof proposalSchema>;

export const deploymentSchema = z.object({
  agentId: agentIdSchema,
  environment: environmentSchema,
  /** 0 = nothing was ever deployed here. */
  generation: z.int(),
  appliedAt: instant.nullable(),
  records: z.array(recordSchema),
  /** Names of records that a rollout holds. */
  held: z.array(z.string()),
  rollout: z.string().nullable(),
  lock: z.object({ at: instant, reason: z.string() }).nullable(),
  proposal: proposalSchema.nullable(),
  versions: z.array(namedVersionSchema),
  instances: z.array(instanceSchema),
});
export type DeploymentView = z.output<typeof deploymentSchema>;

export const placesInput = z.object({ agentId: agentIdSchema });
/** What an agent runs in one environment, at a glance. */
export const placeSummarySchema = z.object({
  environment: environmentSchema,
  /** 0 = nothing was ever deployed here. */
  generation: z.int(),
  applied: z.object({ at: instant, by: z.string(), cause: z.enum(setCauses), note: z.string() }).nullable(),
  /** Of the events that no record picks out, in percent; the default's version first. */
  shares: z.array(namedVersionSchema.extend({ percent: z.number(), isDefault: z.boolean() })),
  /** Given to some by records with a targeting of their own. */
  targeted: z.array(namedVersionSchema),
  instances: z.object({ known: z.int(), ready: z.int() }),
  /** Over the last whole minute; null = no event came. */
  now: z.object({ perSecond: z.number(), failedRatio: z.number(), p99Ms: z.number().nullable() }).nullable(),
  /** The one that is open. */
  rollout: z
    .object({
      id: z.string(),
      phase: z.enum(["waiting", "running", "paused"]),
      /** One that waits and is approved begins with the controller's next step. */
      isApproved: z.boolean(),
      weight: z.int(),
    })
    .nullable(),
  lock: z.object({ at: instant, reason: z.string() }).nullable(),
});
export type PlaceSummary = z.output<typeof placeSummarySchema>;

export const callersInput = z.object({ agentId: agentIdSchema, cid: cidSchema });
/** Who a version still works for. */
export const callersSchema = z.object({
  since: instant,
  /** Exact, by environment; none that had no event. */
  events: z.array(z.object({ environment: environmentSchema, events: z.int() })),
  /** By scope, out of the jobs that are kept (every failed one, of the others a sample). */
  scopes: z.array(
    z.object({ environment: environmentSchema, scope: z.string(), vaults: z.int(), lastAt: instant }),
  ),
  /** Records of SETs in force that name it. */
  records: z.array(z.object({ environment: environmentSchema, name: z.string() })),
});
export type Callers = z.output<typeof callersSchema>;

export const listSetsInput = placeInput.extend({
  /** Older than this generation. */
  cursor: generationSchema.nullish(),
  limit: z.int().min(1).max(100).default(20),
});
export const setPageSchema = z.object({
  rows: z.array(
    z.object({
      generation: z.int(),
      appliedAt: instant,
      cause: z.enum(setCauses),
      author: z.string(),
      note: z.string(),
      records: z.array(recordSchema),
    }),
  ),
  next: z.int().nullable(),
});
export type SetPage = z.output<typeof setPageSchema>;
