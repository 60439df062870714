import { z } from "zod";
import { fieldSchema } from "../agents/manifest-schema.ts";
import {
  agentIdSchema,
  cidSchema,
  environmentSchema,
  paramValueSchema,
  placeInput,
} from "../deployments/schema.ts";

const instant = z.iso.datetime();
/** Counts the revisions of a place; PostgreSQL holds it as an integer. */
const revisionSchema = z.int().min(1).max(2_147_483_647);
const nameSchema = z.string().min(1).max(64);
const noteSchema = z.string().trim().min(1, "Say why.").max(500);
export const maxSecretLength = 10_000;

/** What is set, by name; of what is not, the manifest says the default. */
export const settingsSchema = z.record(nameSchema, paramValueSchema);
export type Settings = z.output<typeof settingsSchema>;

/** A secret as it is stored: `sealed` is a JWE for the runtimes of one environment. */
export const sealedSecretsSchema = z.record(
  nameSchema,
  z.object({ sealed: z.string(), setAt: instant, setBy: z.string() }),
);
export type SealedSecrets = z.output<typeof sealedSecretsSchema>;

export const configIssueSchema = z.object({ field: z.string(), message: z.string() });
export type ConfigIssue = z.output<typeof configIssueSchema>;

export const judgeConfigInput = placeInput.extend({ settings: settingsSchema });
export type JudgeConfigInput = z.output<typeof judgeConfigInput>;

/** Either all settings that shall be set, with the secrets that change (null takes one away), or an earlier revision. */
const changeSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("values"),
    settings: settingsSchema,
    secrets: z.record(nameSchema, z.string().min(1).max(maxSecretLength).nullable()),
  }),
  z.strictObject({ kind: z.literal("back"), to: revisionSchema }),
]);
export type ConfigChange = z.output<typeof changeSchema>;

export const changeConfigInput = placeInput.extend({
  /** What was in force when the change was made on it; 0 = there was none. */
  revision: z.literal(0).or(revisionSchema),
  change: changeSchema,
  note: noteSchema,
});
export type ChangeConfigInput = z.output<typeof changeConfigInput>;

export const configProposalInput = placeInput.extend({ id: z.string().regex(/^\d{1,18}$/) });
export type ConfigProposalInput = z.output<typeof configProposalInput>;
export const withdrawConfigInput = configProposalInput.extend({ reason: noteSchema });
export type WithdrawConfigInput = z.output<typeof withdrawConfigInput>;

export const configAppliedSchema = z.object({ revision: z.int() });
export const configProposedSchema = z.object({ id: z.string() });

/** That a secret is there, and since when; never what it is. */
const knownSecretSchema = z.object({ name: z.string(), setAt: instant, setBy: z.string() });
export type KnownSecret = z.output<typeof knownSecretSchema>;

const typedBySchema = z.object({ cid: cidSchema, semver: z.string() });

export const configSchema = z.object({
  agentId: agentIdSchema,
  environment: environmentSchema,
  /** 0 = nothing was ever set here. */
  revision: z.int(),
  applied: z.object({ at: instant, by: z.string(), note: z.string() }).nullable(),
  /** The versions whose manifests say what can be set: those in force, or the newest where nothing is. */
  typedBy: typedBySchema.array(),
  isDeployed: z.boolean(),
  fields: z.array(
    z.object({
      name: z.string(),
      field: fieldSchema,
      /** The versions that know it; empty = all that run. */
      only: z.array(z.string()),
    }),
  ),
  secretFields: z.array(
    z.object({
      name: z.string(),
      isRequired: z.boolean(),
      title: z.string().nullable(),
      description: z.string().nullable(),
    }),
  ),
  settings: settingsSchema,
  secrets: knownSecretSchema.array(),
  /** False: runtimes of this environment have given no key to seal secrets for. */
  canSeal: z.boolean(),
  proposal: z
    .object({
      id: z.string(),
      /** That it was made against; another one in force since then makes it stale. */
      revision: z.int(),
      backTo: z.int().nullable(),
      settings: settingsSchema,
      secrets: knownSecretSchema.array(),
      note: z.string(),
      authorId: z.string(),
      author: z.string(),
      madeAt: instant,
    })
    .nullable(),
  instances: z.array(
    z.object({
      instance: z.string(),
      region: z.string(),
      heardAt: instant,
      isSilent: z.boolean(),
      /** Null: it has not said. 0 = it knows of none. */
      revision: z.int().nullable(),
      /** From the revision's application to the instance's first word that it runs it. */
      acknowledgedAfterMs: z.number().nullable(),
      fault: z.string().nullable(),
      /** Since when what it runs is not what is desired; null = it runs that. */
      driftsSince: instant.nullable(),
    }),
  ),
});
export type ConfigView = z.output<typeof configSchema>;

export const listRevisionsInput = placeInput.extend({
  /** Older than this revision. */
  cursor: revisionSchema.nullish(),
  limit: z.int().min(1).max(100).default(20),
});
export const revisionPageSchema = z.object({
  rows: z.array(
    z.object({
      revision: z.int(),
      appliedAt: instant,
      author: z.string(),
      note: z.string(),
      backTo: z.int().nullable(),
      settings: settingsSchema,
      secrets: knownSecretSchema.array(),
      /** By instances: how many took it, how long the slowest needed, and how many refused. */
      acknowledged: z.object({ taken: z.int(), slowestMs: z.number().nullable(), refused: z.int() }),
    }),
  ),
  next: z.int().nullable(),
});
export type RevisionPage = z.output<typeof revisionPageSchema>;
