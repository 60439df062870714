import { z } from "zod";
import { figureSchema, instantSchema, nodeInput } from "../nodes/schema.ts";

/** How often the schedule asks each node, and how often a person may ask the same one again. */
export const probeEveryMs = 15_000;
export const askAgainAfterMs = 5_000;

/** What GET /info gave, once. `kind` failed: `reason` is the class, `detail` the sentence for a person. */
export const probeEntrySchema = z.object({
  at: instantSchema,
  kind: z.enum(["answered", "failed"]),
  latencyMs: figureSchema,
  httpStatus: z.int().nullable(),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  version: z.string().nullable(),
  /** ± 500 ms; positive = the node's clock is ahead. */
  clockSkewMs: figureSchema,
  /** Who asked; null = the schedule. */
  askedBy: z.string().nullable(),
});
export type ProbeEntry = z.infer<typeof probeEntrySchema>;

export const probeNodeInput = nodeInput;
export type ProbeNodeInput = z.output<typeof probeNodeInput>;

export const listProbesInput = nodeInput.extend({
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(500).default(50),
});
export type ListProbesInput = z.output<typeof listProbesInput>;

export const probePageSchema = z.object({ rows: z.array(probeEntrySchema), next: z.string().nullable() });
export type ProbePage = z.infer<typeof probePageSchema>;
