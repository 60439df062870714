import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments, lockPlace, sqlOf } from "../deployments/deployment-rows.ts";
import { lockConfigProposal } from "./proposal-rows.ts";
import type { WithdrawConfigInput } from "./schema.ts";

/** Nothing changes: whoever proposed it takes it back, or somebody else says no. */
export async function withdrawConfig(ctx: Ctx, input: WithdrawConfigInput): Promise<{ id: string }> {
  const { agentId, environment, reason } = input;
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockPlace(tx, input);
    const { id, settings } = await lockConfigProposal(sqlOf(tx), input);
    await tx.$executeRaw`
      UPDATE agent_config_proposal SET outcome = 'withdrawn', decided_by_name = ${ctx.actor.name}, decided_at = ${at}
      WHERE id = ${id}::bigint`;
    await recordAudit(tx, ctx, {
      action: "config.withdraw",
      subject: `config:${environment}/${agentId}`,
      before: { settings },
      reason,
    });
    await announceDeployments(tx, agentId, at);
    return { id };
  });
}
