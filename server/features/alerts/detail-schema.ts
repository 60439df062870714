import { z } from "zod";
import { ruleSchema } from "./rule-schema.ts";
import { alertEventSchema, alertSchema, instantSchema } from "./schema.ts";

export const alertDetailSchema = z.object({
  alert: alertSchema,
  rule: ruleSchema.nullable(),
  events: z.array(alertEventSchema),
  /** How often the same fired in the last 30 days, and when it last did before this. */
  firedBefore: z.int(),
  lastFiredAt: instantSchema.nullable(),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;
