import { z } from "zod";
import { metricIds } from "./metric-rules.ts";

const dayMs = 86_400_000;
const metric = z.enum(metricIds);
const breach = z.enum(["above", "below"]);
const windowMs = z.int().min(60_000).max(dayMs);
const number = z.number().min(-1e18).max(1e18);
/** Fewer than this in the window, and a share of them says nothing. */
const least = z.number().min(0).max(1e12).default(100);

/** What a rule looks at, as one figure against one limit. Windows end at the moment of the round. */
export const conditionSchema = z.discriminatedUnion("kind", [
  /** The mean of a gauge, or the sum of a count, in the window. */
  z.object({ kind: z.literal("threshold"), metric, windowMs, breach, limit: number }),
  /** The sum of one count as a share of another's. */
  z.object({ kind: z.literal("ratio"), of: metric, by: metric, windowMs, least, breach, limit: number }),
  /** Nothing was heard of the metric for so long. */
  z.object({ kind: z.literal("absence"), metric, limitMs: z.int().min(60_000).max(dayMs) }),
  /** By how much it is more (or less) than a window ago. */
  z.object({ kind: z.literal("rate-of-change"), metric, windowMs, breach, limit: number }),
  /** The line through the window reaches `level` in less than `withinMs`. */
  z.object({
    kind: z.literal("forecast"),
    metric,
    windowMs,
    level: number,
    direction: z.enum(["rises", "falls"]),
    withinMs: z
      .int()
      .min(60_000)
      .max(365 * dayMs),
  }),
  /** A budget of failures is used up too fast, in a long and a short window at once; one pair of windows is enough. */
  z.object({
    kind: z.literal("burn-rate"),
    bad: metric,
    total: metric,
    objective: z.number().min(0.5).max(0.99999),
    least,
    pairs: z
      .array(z.object({ longMs: windowMs, shortMs: windowMs, factor: z.number().min(0.1).max(10_000) }))
      .min(1)
      .max(4),
  }),
]);
export type Condition = z.output<typeof conditionSchema>;
