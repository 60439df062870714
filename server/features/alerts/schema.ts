import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";

// Times are RFC 3339 UTC, …Ms milliseconds; ids are 64-bit integers and so strings. Null is "not known", never 0.

export const severities = ["critical", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

/** `queue` is what waits for somebody: firing, not acknowledged, not quiet. */
export const alertViews = ["queue", "acknowledged", "quiet", "pending", "resolved"] as const;
export type AlertView = (typeof alertViews)[number];

export const subjectKinds = ["node", "topic", "indexer", "service"] as const;
export const alertSources = ["rule", "alertmanager"] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const networkSchema = z.enum(networkNames);
export const instantSchema = z.iso.datetime();
const idSchema = z.string().regex(/^[1-9]\d{0,17}$/, "An alert's id is a whole number.");
export const ruleIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w:.-]+$/);
const noteSchema = z
  .string()
  .trim()
  .max(500)
  .regex(/^[^\0]*$/);
export const reasonSchema = noteSchema.min(1);
const cursorSchema = z.string().max(400).nullish();

export const alertSubjectSchema = z.object({
  kind: z.enum(subjectKinds),
  id: z.string().min(1).max(300),
  name: z.string(),
});
export type AlertSubject = z.infer<typeof alertSubjectSchema>;

/** The alert that explains another. */
export const inhibitorSchema = z.object({ id: idSchema, title: z.string() });
export type Inhibitor = z.infer<typeof inhibitorSchema>;

export const alertSchema = z.object({
  id: idSchema,
  rule: z.string(),
  subject: alertSubjectSchema,
  severity: z.enum(severities),
  state: z.enum(["pending", "firing", "resolved"]),
  title: z.string(),
  /** The figure against its limit, in words. */
  detail: z.string(),
  /** Rounds of the evaluator that found it over the limit. */
  seen: z.int(),
  pendingAt: instantSchema,
  firingAt: instantSchema.nullable(),
  /** Within the limit since then; it resolves when that has lasted. */
  fineSince: instantSchema.nullable(),
  evaluatedAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
  acknowledgedAt: instantSchema.nullable(),
  /** Whoever acknowledged it, or to whom it is assigned. */
  owner: z.string().nullable(),
  ownerId: z.string().nullable(),
  /** Snoozed, or hidden by the silence with this id. */
  quietUntil: instantSchema.nullable(),
  silence: idSchema.nullable(),
  /** Held by the maintenance window with this id. */
  maintenance: idSchema.nullable(),
  maintenanceUntil: instantSchema.nullable(),
  /** Explained by this other alert on the same subject; of one that resolved, by the last that did. */
  inhibitedBy: inhibitorSchema.nullable(),
  source: z.enum(alertSources),
  /** Where its source shows it. */
  link: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
});
export type Alert = z.infer<typeof alertSchema>;

const personIdSchema = z.string().min(1).max(100);
/** "me" is whoever asks, "none" nobody, else a person's id. */
const ownerFilterSchema = personIdSchema;

const plainTextSchema = z.string().regex(/^[^\0]*$/);

const alertFilterSchema = z.object({
  network: networkSchema,
  view: z.enum(alertViews).default("queue"),
  owner: ownerFilterSchema.optional(),
  severity: z.array(z.enum(severities)).max(severities.length).optional(),
  /** Part of the subject's name or the title. */
  text: plainTextSchema.max(200).optional(),
  /** What an Alertmanager calls its rules may be any text. */
  rule: plainTextSchema.min(1).max(300).optional(),
  subject: z.object({ kind: z.enum(subjectKinds), id: plainTextSchema.min(1).max(300) }).optional(),
});
export type AlertFilter = z.output<typeof alertFilterSchema>;

export const listAlertsInput = alertFilterSchema.extend({
  cursor: cursorSchema,
  limit: z.int().min(1).max(500).default(100),
});
export type ListAlertsInput = z.output<typeof listAlertsInput>;

export const alertPageSchema = z.object({ rows: z.array(alertSchema), next: z.string().nullable() });
export type AlertPage = z.infer<typeof alertPageSchema>;

export const groupings = ["rule", "subject", "severity"] as const;
export type GroupBy = (typeof groupings)[number];

export const listGroupsInput = alertFilterSchema.extend({
  by: z.enum(groupings),
  cursor: z.string().max(2_000).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListGroupsInput = z.output<typeof listGroupsInput>;

/** `key` is the rule, "kind:id" of the subject, or the severity. `rule` and `subject` where it is grouped by them. */
export const alertGroupSchema = z.object({
  key: z.string(),
  rule: z.string().nullable(),
  subject: alertSubjectSchema.nullable(),
  /** The worst in it. */
  severity: z.enum(severities),
  /** Title of the rule or name of the subject; empty for a severity. */
  name: z.string(),
  alerts: z.int(),
  bySeverity: z.object({ critical: z.int(), warning: z.int(), info: z.int() }),
  /** Those that somebody has. */
  owned: z.int(),
  newestAt: instantSchema,
});
export type AlertGroup = z.infer<typeof alertGroupSchema>;
export const alertGroupPageSchema = z.object({
  rows: z.array(alertGroupSchema),
  next: z.string().nullable(),
});
export type AlertGroupPage = z.infer<typeof alertGroupPageSchema>;

export const alertInput = z.object({ network: networkSchema, id: idSchema });
export type AlertInput = z.output<typeof alertInput>;

export const alertEventSchema = z.object({
  id: idSchema,
  at: instantSchema,
  kind: z.enum([
    "pending",
    "firing",
    "fine",
    "resolved",
    "acknowledged",
    "assigned",
    "released",
    "snoozed",
    "silenced",
    "woken",
    "maintenance",
    "maintained",
    "inhibited",
    "uninhibited",
  ]),
  /** Null = the evaluator. */
  actor: z.string().nullable(),
  note: z.string().nullable(),
});
export type AlertEvent = z.infer<typeof alertEventSchema>;

export const countAlertsInput = z.object({ network: networkSchema });
export const alertCountsSchema = z.object({
  queue: z.int(),
  acknowledged: z.int(),
  quiet: z.int(),
  pending: z.int(),
  bySeverity: z.object({ critical: z.int(), warning: z.int(), info: z.int() }),
  /** Silences that run for a day or more and hide nothing any more. */
  forgotten: z.int(),
  /** When the evaluator last finished; null = never. */
  evaluatedAt: instantSchema.nullable(),
  /** Why the alerts cannot be believed now; null = they can. */
  dead: z.string().nullable(),
});
export type AlertCounts = z.infer<typeof alertCountsSchema>;

const idsSchema = z.array(idSchema).min(1).max(500);

export const acknowledgeInput = z.object({
  network: networkSchema,
  ids: idsSchema,
  comment: noteSchema.optional(),
});
export type AcknowledgeInput = z.output<typeof acknowledgeInput>;
export const releaseInput = z.object({ network: networkSchema, ids: idsSchema });
export type ReleaseInput = z.output<typeof releaseInput>;

/** Whoever gets it must be allowed to act on the network; null takes it away from whoever has it. */
export const assignInput = z.object({
  network: networkSchema,
  ids: idsSchema,
  ownerId: personIdSchema.nullable(),
  comment: noteSchema.optional(),
});
export type AssignInput = z.output<typeof assignInput>;

export const listAssigneesInput = z.object({
  network: networkSchema,
  /** Part of the name. */
  text: z
    .string()
    .max(200)
    .regex(/^[^\0]*$/)
    .optional(),
  cursor: cursorSchema,
  limit: z.int().min(1).max(100).default(30),
});
export type ListAssigneesInput = z.output<typeof listAssigneesInput>;
export const assigneeSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Open alerts that they have on the network. */
  open: z.int(),
});
export type Assignee = z.infer<typeof assigneeSchema>;
export const assigneePageSchema = z.object({ rows: z.array(assigneeSchema), next: z.string().nullable() });
export const listOwnersInput = z.object({ network: networkSchema });
/** At most 100: those with the most. */
export const ownersSchema = z.array(assigneeSchema);

export const longestQuietMs = 30 * 86_400_000;
const quietMsSchema = z.int().min(60_000).max(longestQuietMs);
export const snoozeInput = z.object({ network: networkSchema, ids: idsSchema, forMs: quietMsSchema });
export type SnoozeInput = z.output<typeof snoozeInput>;

/** One entry an id that was asked for: bulk actions report each failure. */
export const outcomeSchema = z.object({
  id: idSchema,
  kind: z.enum(["done", "refused"]),
  reason: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcomeSchema>;
export const outcomesSchema = z.array(outcomeSchema);

const matcherFields = {
  network: networkSchema,
  rule: ruleIdSchema.nullish(),
  subject: z.object({ kind: z.enum(subjectKinds), id: z.string().min(1).max(300) }).nullish(),
};
const namesSomething = (input: { rule?: string | null | undefined; subject?: object | null | undefined }) =>
  Boolean(input.rule ?? input.subject);
const saysWhat = "A silence names a rule, a subject or both.";

export const previewSilenceInput = z.object(matcherFields).refine(namesSomething, saysWhat);
export type PreviewSilenceInput = z.output<typeof previewSilenceInput>;
export const silencePreviewSchema = z.object({
  /** Open alerts that it would hide now. */
  open: z.int(),
  samples: z.array(z.object({ title: z.string(), name: z.string() })),
  /** Alerts that fired in the last 7 days and would have been hidden. */
  lastWeek: z.int(),
});
export type SilencePreview = z.infer<typeof silencePreviewSchema>;

export const createSilenceInput = z
  .object({ ...matcherFields, forMs: quietMsSchema, reason: reasonSchema })
  .refine(namesSomething, saysWhat);
export type CreateSilenceInput = z.output<typeof createSilenceInput>;
export const endSilenceInput = z.object({
  network: networkSchema,
  id: idSchema,
  reason: noteSchema.optional(),
});
export type EndSilenceInput = z.output<typeof endSilenceInput>;

export const silenceSchema = z.object({
  id: idSchema,
  rule: z.string().nullable(),
  subject: alertSubjectSchema.nullable(),
  /** In Alertmanager's words, where it was made there. */
  matchers: z.string().nullable(),
  source: z.enum(["console", "alertmanager"]),
  /** It stands in an Alertmanager as well. */
  isShared: z.boolean(),
  reason: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  madeBy: z.string(),
  endedAt: instantSchema.nullable(),
  endedBy: z.string().nullable(),
  /** Open alerts that it hides. */
  hides: z.int(),
  isRunning: z.boolean(),
  /** Running for a day or more, and nothing that it hides is still over its limit. */
  isForgotten: z.boolean(),
});
export type Silence = z.infer<typeof silenceSchema>;
export const listSilencesInput = z.object({
  network: networkSchema,
  cursor: cursorSchema,
  limit: z.int().min(1).max(200).default(50),
});
export type ListSilencesInput = z.output<typeof listSilencesInput>;
export const silencePageSchema = z.object({ rows: z.array(silenceSchema), next: z.string().nullable() });
