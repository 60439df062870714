import { z } from "zod";
import { aliasSchema, manifestSchema, semverSchema } from "./manifest-schema.ts";
import { versionStates } from "./version-rules.ts";

// Times are RFC 3339 UTC; sizes are bytes as JavaScript numbers (uploads are far below 2^53). Null is "not known".

const instantSchema = z.iso.datetime();
export const agentServiceSchema = z
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
