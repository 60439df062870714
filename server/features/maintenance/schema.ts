import { z } from "zod";
import { networkSchema, reasonSchema, ruleIdSchema, silencePreviewSchema } from "../alerts/schema.ts";
import { occurrenceSchema, timeWindowSchema } from "./time-schema.ts";

// Times are RFC 3339 UTC; ids are 64-bit integers and so strings.

const idSchema = z.string().regex(/^[1-9]\d{0,17}$/, "An id is a whole number.");
const instantSchema = z.iso.datetime();
const titleSchema = z
  .string()
  .trim()
  .min(1, "Say what is done.")
  .max(120)
  .regex(/^[^\0]*$/);
const namesSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/);

const whichFields = {
  /** Null = every rule. */
  rule: ruleIdSchema.nullable(),
  /** Of subjects; * stands for any run of characters. Null = every subject. */
  names: namesSchema.nullable(),
};
export const definitionSchema = z
  .object({ title: titleSchema, ...whichFields, time: timeWindowSchema })
  .refine(({ rule, names }) => rule !== null || names !== null, {
    message: "A window names a rule, subjects or both; * names every subject.",
  });

export const createMaintenanceInput = z.object({ network: networkSchema, definition: definitionSchema });
export type CreateMaintenanceInput = z.output<typeof createMaintenanceInput>;
export const updateMaintenanceInput = z.object({
  network: networkSchema,
  id: idSchema,
  /** The one that was looked at: who changed it meanwhile is not written over. */
  revision: z.int().min(1),
  definition: definitionSchema,
  reason: reasonSchema,
});
export type UpdateMaintenanceInput = z.output<typeof updateMaintenanceInput>;
export const endMaintenanceInput = z.object({ network: networkSchema, id: idSchema });
export type EndMaintenanceInput = z.output<typeof endMaintenanceInput>;
export const listMaintenanceInput = z.object({
  network: networkSchema,
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListMaintenanceInput = z.output<typeof listMaintenanceInput>;
export const listRunningInput = z.object({ network: networkSchema });

export const maintenanceSchema = z.object({
  id: idSchema,
  title: z.string(),
  rule: z.string().nullable(),
  names: z.string().nullable(),
  time: timeWindowSchema,
  revision: z.int(),
  madeAt: instantSchema,
  madeBy: z.string(),
  changedAt: instantSchema,
  changedBy: z.string(),
  closesAt: instantSchema,
  /** Who ended it before its time. */
  endedBy: z.string().nullable(),
  state: z.enum(["running", "upcoming", "ended"]),
  current: occurrenceSchema.nullable(),
  next: occurrenceSchema.nullable(),
  /** Open alerts that it holds. */
  holds: z.int(),
});
export type Maintenance = z.infer<typeof maintenanceSchema>;
export const maintenancePageSchema = z.object({
  rows: z.array(maintenanceSchema),
  next: z.string().nullable(),
});
/** At most 50. */
export const runningSchema = z.array(maintenanceSchema);

export const previewMaintenanceInput = z
  .object({ network: networkSchema, ...whichFields, time: timeWindowSchema.nullable() })
  .refine(({ rule, names }) => rule !== null || names !== null, "Name a rule, subjects or both.");
export type PreviewMaintenanceInput = z.output<typeof previewMaintenanceInput>;
export const maintenancePreviewSchema = silencePreviewSchema.extend({
  /** The next few times that it takes place. */
  times: z.array(occurrenceSchema),
  /** Why it cannot be made so. */
  problem: z.string().nullable(),
});
export type MaintenancePreview = z.infer<typeof maintenancePreviewSchema>;
