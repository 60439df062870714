import { z } from "zod";
import { defaultRetention, type Retention } from "../kernel/retention.ts";

/** Key of the setting: how many days each kind is kept; null = for good; what is left out keeps its default. */
export const retentionSettingKey = "ingest.retention_days";

const days = z.number().positive().max(36_500).nullable();
export const retentionSettingSchema = z
  .object({ raw: days, "1s": days, "1m": days, "1h": days, "1d": days })
  .partial();

const dayMs = 86_400_000;

/** A setting that is not understood is none: data is never dropped because of a typo. */
export function toRetention(value: unknown): Retention {
  const parsed = retentionSettingSchema.safeParse(value ?? {});
  if (!parsed.success) return defaultRetention;
  const set = Object.entries(parsed.data).flatMap(([name, count]) =>
    count === undefined ? [] : [[name, count === null ? null : count * dayMs]],
  );
  return { ...defaultRetention, ...Object.fromEntries(set) };
}
