import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments, findDeployment, sqlOf } from "../deployments/deployment-rows.ts";
import type { UnlockInput } from "./schema.ts";

/** After a rollback nothing new is rolled out until somebody says why it may be. */
export async function unlock(
  ctx: Ctx,
  { agentId, environment, reason }: UnlockInput,
): Promise<{ isLocked: boolean }> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const current = await findDeployment(sqlOf(tx), { agentId, environment }, "FOR UPDATE");
    if (!current?.lockedReason) throw conflict("Nothing is held back here.");
    await tx.$executeRaw`
      UPDATE deployment SET locked_at = NULL, locked_reason = NULL
      WHERE agent_id = ${agentId} AND environment = ${environment}`;
    await recordAudit(tx, ctx, {
      action: "rollout.unlock",
      subject: `deployment:${environment}/${agentId}`,
      before: { locked: current.lockedReason },
      after: { locked: null },
      reason,
    });
    await announceDeployments(tx, agentId, ctx.clock.now());
  });
  return { isLocked: false };
}
