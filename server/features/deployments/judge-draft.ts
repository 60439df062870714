import type { Ctx } from "../../ports/ctx.ts";
import { judgeSetOf } from "./judge-set-of.ts";
import type { JudgeSetInput, SetJudgement } from "./schema.ts";

export async function judgeDraft(ctx: Ctx, input: JudgeSetInput): Promise<SetJudgement> {
  const { records, issues } = await judgeSetOf(ctx.db.sql, {
    place: input,
    records: input.records,
    at: ctx.clock.now(),
  });
  return { isRead: records !== null, issues };
}
