import { defaultRetention } from "../../kernel/retention.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { daysOf, retentionSettingKey, toRetention } from "./retention-rules.ts";
import { listKept } from "./retention-store.ts";
import { keptKinds, type RetentionAnswer } from "./schema.ts";

/** How long each kind is kept, and what is there of it. */
export async function getRetention({ db }: Pick<Ctx, "db">): Promise<RetentionAnswer> {
  const setting = await db.prisma.setting.findUnique({ where: { key: retentionSettingKey } });
  const retention = toRetention(setting?.value);
  const partitions = Map.groupBy(await listKept(db, keptKinds), ({ kind }) => kind);
  return {
    kinds: keptKinds.map((kind) => {
      const own = partitions.get(kind) ?? [];
      const oldest = own.map(({ from }) => from).sort((a, b) => a.getTime() - b.getTime())[0];
      return {
        kind,
        days: daysOf(retention[kind]),
        defaultDays: daysOf(defaultRetention[kind]),
        sizeBytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        partitions: own.length,
        oldest: oldest?.toISOString() ?? null,
      };
    }),
    changedBy: setting?.updatedBy ?? null,
    changedAt: setting?.updatedAt.toISOString() ?? null,
  };
}
