import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments, lockPlace, sqlOf } from "./deployment-rows.ts";
import { lockProposal } from "./proposal-rows.ts";
import type { WithdrawProposalInput } from "./schema.ts";

/** Nothing changes: whoever proposed it takes it back, or somebody else says no. */
export async function withdrawProposal(ctx: Ctx, input: WithdrawProposalInput): Promise<{ id: string }> {
  const { agentId, environment, reason } = input;
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockPlace(tx, input);
    const { id, records } = await lockProposal(sqlOf(tx), input);
    await tx.$executeRaw`
      UPDATE deployment_proposal SET outcome = 'withdrawn', decided_by_name = ${ctx.actor.name}, decided_at = ${at}
      WHERE id = ${id}::bigint`;
    await recordAudit(tx, ctx, {
      action: "deployment.withdraw",
      subject: `deployment:${environment}/${agentId}`,
      before: records,
      reason,
    });
    await announceDeployments(tx, agentId, at);
    return { id };
  });
}
