import { conflict } from "../../kernel/errors.ts";
import { inCount } from "../../kernel/wording.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { getRetention } from "./get-retention.ts";
import { previewRetention } from "./preview-retention.ts";
import { readRetentionSetting, retentionSettingKey, withDays } from "./retention-rules.ts";
import type { RetentionAnswer, SetRetentionInput } from "./schema.ts";

/** Changes how long one kind is kept. Never drops more than the person was told. */
export async function setRetention(ctx: Ctx, input: SetRetentionInput): Promise<RetentionAnswer> {
  const { kind, days, drops, reason } = input;
  const { partitions } = await previewRetention(ctx, { kind, days });
  if (partitions.length > drops)
    throw conflict(
      `This would now drop ${inCount(partitions.length, "partition")}, not ${drops}. Look at the preview again.`,
    );
  await ctx.db.prisma.$transaction(async (tx) => {
    const mine = { updatedBy: ctx.actor.name, updatedAt: ctx.clock.now() };
    await tx.$executeRaw`
      INSERT INTO setting (key, value, updated_at, updated_by)
      VALUES (${retentionSettingKey}, '{}', ${mine.updatedAt}, ${mine.updatedBy}) ON CONFLICT (key) DO NOTHING`;
    const locked = await tx.$queryRaw<
      { value: unknown }[]
    >`SELECT value FROM setting WHERE key = ${retentionSettingKey} FOR UPDATE`;
    const before = readRetentionSetting(locked[0]?.value);
    const after = withDays(before, kind, days);
    await tx.setting.update({ where: { key: retentionSettingKey }, data: { ...mine, value: after } });
    const action = "settings.retention.changed";
    await recordAudit(tx, ctx, { action, subject: `retention:${kind}`, before, after, reason });
  });
  return getRetention(ctx);
}
