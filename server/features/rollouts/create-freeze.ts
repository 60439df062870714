import { endOf } from "../../kernel/time-window.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments } from "../deployments/deployment-rows.ts";
import { requireTime } from "../maintenance/require-time.ts";
import { findFreeze } from "./freeze-rows.ts";
import type { CreateFreezeInput, Freeze } from "./freeze-schema.ts";

/** While it runs nothing moves forward in an environment; going back is always possible. */
export async function createFreeze(ctx: Ctx, input: CreateFreezeInput): Promise<Freeze> {
  const { environment, time, reason } = input;
  const at = ctx.clock.now();
  requireTime(time, at);
  const id = await ctx.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO rollout_freeze (environment, time, reason, made_at, made_by, changed_at, changed_by, closes_at)
      VALUES (${environment}, ${JSON.stringify(time)}::jsonb, ${reason}, ${at}, ${ctx.actor.name}, ${at}, ${ctx.actor.name},
              ${endOf(time)})
      RETURNING id::text AS id`;
    const made = rows[0]?.id ?? "";
    await recordAudit(tx, ctx, { action: "rollout.freeze", subject: `freeze:${made}`, after: input, reason });
    await announceDeployments(tx, null, at);
    return made;
  });
  return findFreeze(ctx, { environment, id });
}
