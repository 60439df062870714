import { z } from "zod";
import { environmentSchema, placeSummarySchema } from "../deployments/schema.ts";
import { agentSorts } from "./list-rules.ts";
import { aliasSchema, manifestSchema, semverSchema } from "./manifest-schema.ts";
import { versionStates } from "./version-rules.ts";

// Times are RFC 3339 UTC; sizes are bytes as JavaScript numbers (uploads are far below 2^53). Null is "not known".

const instantSchema = z.iso.datetime();
const agentServiceSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "An agent service is a public key: 64 hex digits in lower case.");
/** `<asPubkey>:<alias>` */
export const agentIdSchema = z
  .string()
  .regex(/^[0-9a-f]{64}:[a-z0-9][a-z0-9-]{0,62}$/, "An agent's id is <agent service key>:<alias>.");
/** Of the DAG node that links the files of a version. */
export const versionCidSchema = z
  .string()
  .regex(/^baear4i[a-z2-7]{52}$/, "A version is the CID of a DAG node.");

export const versionFileSchema = z.object({ name: z.string(), cid: z.string(), bytes: z.int() });

export const versionSchema = z.object({
  agentId: agentIdSchema,
  cid: versionCidSchema,
  semver: semverSchema,
  state: z.enum(versionStates),
  bundleCid: z.string(),
  bundleBytes: z.int(),
  totalBytes: z.int(),
  note: z.string(),
  uploadedAt: instantSchema,
  uploadedBy: z.string(),
  stateChangedAt: instantSchema,
  sunsetAt: instantSchema.nullable(),
  /** When its bytes in the store last hashed to their CIDs. */
  verifiedAt: instantSchema,
});
export type Version = z.infer<typeof versionSchema>;

export const transitionSchema = z.object({
  id: z.string(),
  /** Null = it was registered. */
  from: z.enum(versionStates).nullable(),
  to: z.enum(versionStates),
  actor: z.string(),
  reason: z.string(),
  at: instantSchema,
});

export const versionDetailSchema = z.object({
  version: versionSchema,
  manifest: manifestSchema,
  manifestText: z.string(),
  files: z.array(versionFileSchema),
  /** Newest first. */
  transitions: z.array(transitionSchema),
});
export type VersionDetail = z.infer<typeof versionDetailSchema>;

export const agentSchema = z.object({
  id: agentIdSchema,
  alias: aliasSchema,
  agentService: agentServiceSchema,
  description: z.string(),
  versions: z.int(),
  latest: z.object({ cid: versionCidSchema, semver: semverSchema, state: z.enum(versionStates) }).nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
  changedAt: instantSchema,
  changedBy: z.string(),
  isArchived: z.boolean(),
});
export type Agent = z.infer<typeof agentSchema>;

const cursorSchema = z.string().max(500).nullish();
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);

export const listAgentsInput = z.object({
  /** Words that the id or the description carries. */
  text: text(200).optional(),
  agentService: agentServiceSchema.optional(),
  /** Also those of which every version is archived. */
  archived: z.boolean().default(false),
  /** Of its newest version. */
  state: z.enum(versionStates).optional(),
  /** A version of it runs there. */
  runsIn: environmentSchema.optional(),
  sort: z.enum(agentSorts).default("alias"),
  cursor: cursorSchema,
  limit: z.int().min(1).max(200).default(50),
});
export type ListAgentsInput = z.output<typeof listAgentsInput>;
export const agentListRowSchema = agentSchema.extend({
  /** dev, staging, prod. */
  places: z.array(placeSummarySchema),
});
export type AgentListRow = z.infer<typeof agentListRowSchema>;
export const agentPageSchema = z.object({ rows: z.array(agentListRowSchema), next: z.string().nullable() });
export type AgentPage = z.infer<typeof agentPageSchema>;

export const agentTotalsSchema = z.object({
  /** Not counting those that are archived. */
  agents: z.int(),
  versions: z.int(),
  archived: z.int(),
  inProd: z.int(),
  /** Rollouts that are open, and places that are locked after one. */
  rollouts: z.int(),
  locked: z.int(),
});
export type AgentTotals = z.infer<typeof agentTotalsSchema>;

export const agentInput = z.object({ id: agentIdSchema });
export const agentDetailSchema = z.object({
  agent: agentSchema,
  byState: z.array(z.object({ state: z.enum(versionStates), versions: z.int() })),
});
export type AgentDetail = z.infer<typeof agentDetailSchema>;

export const listVersionsInput = z.object({
  agentId: agentIdSchema,
  state: z.enum(versionStates).optional(),
  cursor: cursorSchema,
  limit: z.int().min(1).max(200).default(50),
});
export type ListVersionsInput = z.output<typeof listVersionsInput>;
export const versionPageSchema = z.object({ rows: z.array(versionSchema), next: z.string().nullable() });
export type VersionPage = z.infer<typeof versionPageSchema>;

export const versionInput = z.object({ agentId: agentIdSchema, cid: versionCidSchema });
export type VersionInput = z.output<typeof versionInput>;
export const diffVersionsInput = versionInput.extend({
  /** Left out: against the one that was uploaded before it. */
  against: versionCidSchema.optional(),
});
export type DiffVersionsInput = z.output<typeof diffVersionsInput>;
export const versionDiffSchema = z.object({
  before: versionSchema.nullable(),
  after: versionSchema,
  /** Values as JSON; null = that one does not have the field. */
  changes: z.array(
    z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
export type VersionDiff = z.infer<typeof versionDiffSchema>;

export const changeVersionInput = versionInput.extend({ reason: text(500).trim().default("") });
export type ChangeVersionInput = z.output<typeof changeVersionInput>;
export const deprecateVersionInput = changeVersionInput.extend({ sunsetAt: instantSchema.nullish() });
export type DeprecateVersionInput = z.output<typeof deprecateVersionInput>;

export const beginUploadInput = z.strictObject({
  agentService: agentServiceSchema,
  files: z
    .array(z.strictObject({ name: text(1_000), bytes: z.int().min(0) }))
    .min(1)
    .max(1_000),
});
export type BeginUploadInput = z.output<typeof beginUploadInput>;
export const uploadProgressSchema = z.object({
  id: z.uuid(),
  agentService: agentServiceSchema,
  isOpen: z.boolean(),
  partBytes: z.int(),
  expiresAt: instantSchema,
  /** `stored` = numbers of the parts that are here, from 1 to `parts`. */
  files: z.array(z.object({ name: z.string(), bytes: z.int(), parts: z.int(), stored: z.array(z.int()) })),
});
export type UploadProgress = z.infer<typeof uploadProgressSchema>;

export const completeUploadInput = z.strictObject({
  id: z.uuid(),
  /** What the sender hashed the files to; other bytes are refused. */
  expectedCid: versionCidSchema.optional(),
  note: text(500).trim().default(""),
  asDraft: z.boolean().default(false),
});
export type CompleteUploadInput = z.output<typeof completeUploadInput>;

export const manifestFaultSchema = z.object({
  line: z.int(),
  column: z.int(),
  offset: z.int(),
  length: z.int(),
  path: z.string(),
  message: z.string(),
  instead: z.string().nullable(),
});
export const uploadOutcomeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("registered"), version: versionSchema }),
  /** The same files were registered before. */
  z.object({ kind: z.literal("known"), version: versionSchema }),
  z.object({ kind: z.literal("faulty"), cid: versionCidSchema, faults: z.array(manifestFaultSchema) }),
]);
export type UploadOutcome = z.infer<typeof uploadOutcomeSchema>;
