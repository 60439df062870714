import { z } from "zod";
import type { Weekday } from "../../kernel/time-window.ts";

const instantSchema = z.iso.datetime();
const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is written 22:00.");
const weekdaySchema = z.literal([1, 2, 3, 4, 5, 6, 7] satisfies Weekday[]);

/** Once, or each week by the clocks of a zone; it always has an end (`kernel/time-window.ts`). */
export const timeWindowSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("once"), startsAt: instantSchema, endsAt: instantSchema }),
  z.object({
    kind: z.literal("weekly"),
    days: z
      .array(weekdaySchema)
      .min(1)
      .max(7)
      .refine((days) => new Set(days).size === days.length, "A day is named once."),
    from: clockSchema,
    to: clockSchema,
    zone: z
      .string()
      .max(64)
      .regex(/^[\w+/-]+$/),
    firstAt: instantSchema,
    lastAt: instantSchema,
  }),
]);

export const occurrenceSchema = z.object({ startsAt: instantSchema, endsAt: instantSchema });
