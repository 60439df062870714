import { z } from "zod";
import { instantSchema } from "../nodes/schema.ts";
import { policyBounds } from "./discovery-rules.ts";

const within = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most);

export const policySchema = z.object({
  isOn: z.boolean(),
  /** CNS names that every public bucket is asked for. */
  names: z
    .array(z.string().trim().min(1).max(200))
    .max(policyBounds.names.most)
    .refine((names) => new Set(names).size === names.length, "A name stands here twice."),
  /** After which a bucket is asked again. */
  everyMinutes: within(policyBounds.everyMinutes),
  /** Buckets and DAG nodes together, of all networks. */
  asksPerMinute: within(policyBounds.asksPerMinute),
  /** Of one DAG node; a larger one is left unread. */
  maxBytes: within(policyBounds.maxBytes),
  /** Of one question to one node. */
  timeoutMs: within(policyBounds.timeoutMs),
  linksPerNode: within(policyBounds.linksPerNode),
  linksPerBucket: within(policyBounds.linksPerBucket),
});
export type DiscoveryPolicy = z.infer<typeof policySchema>;

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
