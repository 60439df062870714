import { z } from "zod";
import { environmentSchema } from "../deployments/schema.ts";
import { occurrenceSchema, timeWindowSchema } from "../maintenance/time-schema.ts";

const instant = z.iso.datetime();
const freezeIdSchema = z.string().regex(/^[1-9]\d{0,17}$/, "A freeze's id is a whole number.");
const reasonSchema = z
  .string()
  .trim()
  .min(1, "Say why.")
  .max(500)
  .regex(/^[^\0]*$/);

export const createFreezeInput = z.object({
  environment: environmentSchema,
  time: timeWindowSchema,
  reason: reasonSchema,
});
export type CreateFreezeInput = z.output<typeof createFreezeInput>;
/** `revision` is the one that was looked at; `why` is the reason of the change. */
export const updateFreezeInput = createFreezeInput.extend({
  id: freezeIdSchema,
  revision: z.int().min(1),
  why: reasonSchema,
});
export type UpdateFreezeInput = z.output<typeof updateFreezeInput>;
export const endFreezeInput = z.object({
  environment: environmentSchema,
  id: freezeIdSchema,
  why: reasonSchema,
});
export type EndFreezeInput = z.output<typeof endFreezeInput>;
export const listFreezesInput = z.object({
  environment: environmentSchema,
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListFreezesInput = z.output<typeof listFreezesInput>;
export const freezesInForceInput = z.object({ environment: environmentSchema });

export const freezeSchema = z.object({
  id: freezeIdSchema,
  environment: environmentSchema,
  time: timeWindowSchema,
  reason: z.string(),
  revision: z.int(),
  madeAt: instant,
  madeBy: z.string(),
  changedAt: instant,
  changedBy: z.string(),
  closesAt: instant,
  /** Who ended it before its time. */
  endedBy: z.string().nullable(),
  state: z.enum(["running", "upcoming", "ended"]),
  current: occurrenceSchema.nullable(),
  next: occurrenceSchema.nullable(),
});
export type Freeze = z.infer<typeof freezeSchema>;
export const freezePageSchema = z.object({ rows: z.array(freezeSchema), next: z.string().nullable() });
/** What holds rollouts of an environment now, that which ends last first, and the next that is to come. */
export const freezesInForceSchema = z.object({
  running: z.array(freezeSchema),
  upcoming: freezeSchema.nullable(),
});
export type FreezesInForce = z.infer<typeof freezesInForceSchema>;
