import { z } from "zod";
import { defaultRetention, type Retention } from "../../kernel/retention.ts";
import type { KeptKind } from "./schema.ts";

/** Key of the setting: how many days each kind is kept; null = for good; what is left out keeps its default. */
export const retentionSettingKey = "ingest.retention_days";

const days = z.number().positive().max(36_500).nullable();
export const retentionSettingSchema = z
  .object({ raw: days, "1s": days, "1m": days, "1h": days, "1d": days })
  .partial();
export type RetentionSetting = z.output<typeof retentionSettingSchema>;

const dayMs = 86_400_000;

/** A setting that is not understood is none: data is never dropped because of a typo. */
export function toRetention(value: unknown): Retention {
  const set = Object.entries(readRetentionSetting(value)).flatMap(([name, count]) =>
    count === undefined ? [] : [[name, count === null ? null : count * dayMs]],
  );
  return { ...defaultRetention, ...Object.fromEntries(set) };
}

export function readRetentionSetting(value: unknown): RetentionSetting {
  return retentionSettingSchema.catch({}).parse(value ?? {});
}

/** The setting with one kind changed; what is the default is left out of it. */
export function withDays(setting: RetentionSetting, kind: KeptKind, kept: number | null): RetentionSetting {
  const { [kind]: _, ...others } = setting;
  return kept === daysOf(defaultRetention[kind]) ? others : { ...others, [kind]: kept };
}

export function daysOf(keptMs: number | null): number | null {
  return keptMs === null ? null : keptMs / dayMs;
}

export type KeptPartition = { kind: KeptKind; name: string; from: Date; to: Date; sizeBytes: number };

/** Partitions that no window of the kept time touches any more; upkeep drops exactly these (server/ingest/maintain.ts). */
export function expiredOf<Part extends Pick<KeptPartition, "to">>(
  partitions: readonly Part[],
  keptMs: number | null,
  at: Date,
): Part[] {
  if (keptMs === null) return [];
  return partitions.filter(({ to }) => to.getTime() <= at.getTime() - keptMs);
}
