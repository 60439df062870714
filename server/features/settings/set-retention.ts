import { conflict } from "../../kernel/errors.ts";
import { inCount } from "../../kernel/wording.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { changeSetting } from "./change-setting.ts";
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
  await changeSetting(ctx, {
    key: retentionSettingKey,
    read: readRetentionSetting,
    change: (before) => withDays(before, kind, days),
    action: "settings.retention.changed",
    subject: `retention:${kind}`,
    reason,
  });
  return getRetention(ctx);
}
