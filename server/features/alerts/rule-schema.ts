import { z } from "zod";
import { conditionSchema } from "./condition-schema.ts";
import { instantSchema, networkSchema, reasonSchema, ruleIdSchema, severities } from "./schema.ts";

const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^[^\0]*$/);

/** A rule that people of a network wrote, as against those that are built in. */
export const ownRuleSchema = z.object({
  title: text(80).min(1),
  condition: conditionSchema,
  /** Names of nodes that it looks at; `*` stands for anything. */
  nodes: text(200).min(1).default("*"),
  severity: z.enum(severities),
  forMs: z.int().min(0).max(86_400_000),
  isEnabled: z.boolean().default(true),
  labels: z
    .record(z.string().regex(/^[a-zA-Z_]\w{0,79}$/, "A label is letters, digits and _."), text(200).min(1))
    .refine((labels) => Object.keys(labels).length <= 10, "A rule has at most ten labels.")
    .default({}),
  /** Where it says what to do. */
  runbook: z
    .url({ protocol: /^https?$/, error: "must be an http(s) address" })
    .max(500)
    .nullable()
    .default(null),
});
export type OwnRule = z.output<typeof ownRuleSchema>;

/** What a revision holds: the whole rule, or that it was taken away. */
export const ownRevisionSchema = z.union([z.object({ isRemoved: z.literal(true) }), ownRuleSchema]);
export type OwnRevision = z.output<typeof ownRevisionSchema>;

export const ruleSchema = z.object({
  id: ruleIdSchema,
  title: z.string(),
  signal: z.string(),
  breach: z.enum(["above", "below"]),
  limit: z.number(),
  limitText: z.string(),
  severity: z.enum(severities),
  forMs: z.int(),
  isEnabled: z.boolean(),
  runbook: z.string(),
  /** 0 = as built in. */
  revision: z.int(),
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
  /** Open alerts of this rule now. */
  firing: z.int(),
  /** As people wrote it; null = built in. */
  own: ownRuleSchema.nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

export const listRulesInput = z.object({ network: networkSchema });
export type ListRulesInput = z.output<typeof listRulesInput>;
export const rulesSchema = z.array(ruleSchema);

/** What a network may change of a rule; what is left out goes back to what is built in. */
export const ruleChangesSchema = z.object({
  limit: z.number().optional(),
  severity: z.enum(severities).optional(),
  forMs: z.int().min(0).max(86_400_000).optional(),
  isEnabled: z.boolean().optional(),
});
export type RuleChanges = z.infer<typeof ruleChangesSchema>;
export const updateRuleInput = z.object({
  network: networkSchema,
  id: ruleIdSchema,
  /** The revision that the change was made on: two people do not overwrite each other. */
  revision: z.int().min(0),
  changes: ruleChangesSchema,
  reason: reasonSchema,
});
export type UpdateRuleInput = z.output<typeof updateRuleInput>;

export const ruleRevisionSchema = z.object({
  revision: z.int(),
  /** Of a rule that is built in. */
  changes: ruleChangesSchema.nullable(),
  /** Of one that people wrote. */
  own: ownRevisionSchema.nullable(),
  reason: z.string(),
  madeAt: instantSchema,
  madeBy: z.string(),
});
export type RuleRevision = z.infer<typeof ruleRevisionSchema>;
export const listRevisionsInput = z.object({ network: networkSchema, id: ruleIdSchema });
export type ListRevisionsInput = z.output<typeof listRevisionsInput>;
export const revisionsSchema = z.array(ruleRevisionSchema);

export const createRuleInput = z.object({
  network: networkSchema,
  rule: ownRuleSchema,
  reason: reasonSchema,
});
export type CreateRuleInput = z.output<typeof createRuleInput>;
export const reviseRuleInput = z.object({
  network: networkSchema,
  id: ruleIdSchema,
  revision: z.int().min(1),
  rule: ownRevisionSchema,
  reason: reasonSchema,
});
export type ReviseRuleInput = z.output<typeof reviseRuleInput>;
export const writtenRuleSchema = z.object({ id: ruleIdSchema, revision: z.int() });
export type WrittenRule = z.infer<typeof writtenRuleSchema>;

/** A rule that is there with changes of it, or one that is being written. */
export const previewRuleInput = z.object({
  network: networkSchema,
  rule: z.union([
    z.object({ id: ruleIdSchema, changes: ruleChangesSchema }),
    z.object({ own: ownRuleSchema }),
  ]),
});
export type PreviewRuleInput = z.output<typeof previewRuleInput>;

const episodeSchema = z.object({
  subject: z.string(),
  from: instantSchema,
  /** Null = it still would. */
  to: instantSchema.nullable(),
  forMs: z.int(),
});
export const rulePreviewSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unknown"), why: z.string() }),
  z.object({
    kind: z.literal("replayed"),
    from: instantSchema,
    to: instantSchema,
    stepMs: z.int(),
    /** Nodes that were looked at, and of how many. */
    nodes: z.int(),
    ofNodes: z.int(),
    fired: z.int(),
    longestMs: z.int(),
    /** The longest ones. */
    episodes: z.array(episodeSchema),
    limit: z.number(),
    breach: z.enum(["above", "below"]),
    /** A step's figure nearest to the limit or furthest beyond it, of all nodes; null = nobody could tell. */
    worst: z.array(z.number().nullable()),
    /** When any node would have fired, in order, apart from each other. */
    bands: z.array(z.object({ from: instantSchema, to: instantSchema })),
  }),
]);
export type RulePreview = z.infer<typeof rulePreviewSchema>;
