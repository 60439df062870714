import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments } from "../deployments/deployment-rows.ts";
import { findFreeze, lockFreeze } from "./freeze-rows.ts";
import type { EndFreezeInput, Freeze } from "./freeze-schema.ts";

/** Before its time: what it held moves on. That is the direction of more risk, so it asks for a reason. */
export async function endFreeze(ctx: Ctx, { environment, id, why }: EndFreezeInput): Promise<Freeze> {
  const at = ctx.clock.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    const { time, closesAt } = await lockFreeze(tx, { environment, id }, at);
    await tx.$executeRaw`
      UPDATE rollout_freeze SET closes_at = ${at}, ended_by = ${ctx.actor.name}, revision = revision + 1
      WHERE id = ${id}::bigint`;
    await recordAudit(tx, ctx, {
      action: "rollout.freeze-end",
      subject: `freeze:${id}`,
      before: { time, closesAt },
      after: { closesAt: at },
      reason: why,
    });
    await announceDeployments(tx, null, at);
  });
  return findFreeze(ctx, { environment, id });
}
