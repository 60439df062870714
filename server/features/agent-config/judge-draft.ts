import type { Ctx } from "../../ports/ctx.ts";
import { findConfig } from "./find-config.ts";
import type { ConfigIssue, JudgeConfigInput } from "./schema.ts";
import { judgeConfig } from "./settings-rules.ts";
import { loadTyping } from "./typing-versions.ts";

/** What is wrong with settings that somebody is writing; nothing is kept. Secrets are judged when they are applied. */
export async function judgeConfigDraft(
  { db }: Pick<Ctx, "db">,
  { settings, ...place }: JudgeConfigInput,
): Promise<ConfigIssue[]> {
  const [current, { versions }] = await Promise.all([findConfig(db.sql, place), loadTyping(db.sql, place)]);
  return judgeConfig({ settings, written: [], cleared: [] }, { versions, before: current?.settings ?? {} });
}
