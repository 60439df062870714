import { z } from "zod";
import { bucketIdSchema, cidSchema } from "../inventory/schema.ts";
import { instantSchema, networkSchema, nodeKeySchema } from "../nodes/schema.ts";
import { policyBounds, verdictKinds } from "./verification-rules.ts";

/** What one node's answer for one CID was worth. `computed` = BLAKE3 of what came, hex. */
export const checkSchema = z.object({
  verdict: z.enum(verdictKinds),
  /** Of unreachable and unverifiable: which kind. */
  why: z.string().nullable(),
  /** In a sentence, for a person. */
  detail: z.string().nullable(),
  computed: z.string().nullable(),
  bytes: z.int(),
  firstByteMs: z.number().nullable(),
  totalMs: z.number(),
});
export type Check = z.infer<typeof checkSchema>;

export const replicaSchema = checkSchema.extend({
  node: nodeKeySchema,
  name: z.string(),
  region: z.string().nullable(),
});
export type Replica = z.infer<typeof replicaSchema>;

/** Where the bytes of a node differ from those that hash to the CID: runs, and some bytes around the first, hex. */
export const differenceSchema = z.object({
  node: nodeKeySchema,
  against: nodeKeySchema,
  differingBytes: z.int(),
  runs: z.int(),
  firstAt: z.int(),
  firstLength: z.int(),
  sampleFrom: z.int(),
  sample: z.string(),
  againstSample: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;

/** One line of the answer of `GET /api/replicas/…`: who will be asked, then each as it answered, then what differs. */
export type ReplicaLine =
  | {
      kind: "asking";
      at: string;
      expected: string;
      nodes: readonly { node: string; name: string; region: string | null }[];
    }
  | { kind: "replica"; replica: Replica }
  | { kind: "difference"; difference: Difference }
  | { kind: "done"; at: string };

export const policySchema = z.object({
  isOn: z.boolean(),
  /** Pieces of each node that are looked at in an hour. */
  samplesPerHour: z.int().min(policyBounds.samplesPerHour.least).max(policyBounds.samplesPerHour.most),
  maxBytes: z.int().min(policyBounds.maxBytes.least).max(policyBounds.maxBytes.most),
  /** Of one piece, from asking to the last byte. */
  timeoutMs: z.int().min(policyBounds.timeoutMs.least).max(policyBounds.timeoutMs.most),
  /** Of all nodes of all networks together. */
  bytesPerSecond: z.int().min(policyBounds.bytesPerSecond.least).max(policyBounds.bytesPerSecond.most),
});
export type VerificationPolicy = z.infer<typeof policySchema>;

export const policyAnswerSchema = z.object({
  policy: policySchema,
  defaults: policySchema,
  changedBy: z.string().nullable(),
  changedAt: instantSchema.nullable(),
});
export type PolicyAnswer = z.infer<typeof policyAnswerSchema>;

export const setPolicyInput = z.object({
  policy: policySchema,
  reason: z.string().trim().min(3).max(500),
});
export type SetPolicyInput = z.output<typeof setPolicyInput>;

export const listChecksInput = z.object({
  network: networkSchema,
  node: nodeKeySchema.nullish(),
  cid: cidSchema.nullish(),
  verdict: z.enum(verdictKinds).nullish(),
  cursor: z.string().max(300).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListChecksInput = z.output<typeof listChecksInput>;

export const storedCheckSchema = checkSchema.extend({
  at: instantSchema,
  node: nodeKeySchema,
  name: z.string(),
  bucket: bucketIdSchema,
  cid: cidSchema,
});
export type StoredCheck = z.infer<typeof storedCheckSchema>;

export const checkPageSchema = z.object({ rows: z.array(storedCheckSchema), next: z.string().nullable() });
export type CheckPage = z.infer<typeof checkPageSchema>;

export const resolveNameInput = z.object({
  network: networkSchema,
  bucket: bucketIdSchema,
  name: z.string().min(1).max(200),
});
export type ResolveNameInput = z.output<typeof resolveNameInput>;

export const resolvedNameSchema = z.object({
  cid: cidSchema.nullable(),
  ttlSeconds: z.int().nullable(),
  /** Who answered. */
  node: nodeKeySchema.nullable(),
  /** Why there is no answer. */
  detail: z.string().nullable(),
});
export type ResolvedName = z.infer<typeof resolvedNameSchema>;
