import { conflict, outOfReach } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { recordRefusal } from "../identity/record-refusal.ts";
import { findDeployment, lockPlace, sqlOf } from "./deployment-rows.ts";
import { requireSetOf } from "./judge-set-of.ts";
import { findProposal, lockProposal } from "./proposal-rows.ts";
import { requireNoRollout } from "./reapply-set.ts";
import type { ProposalInput } from "./schema.ts";
import { verifyNamed } from "./verify-named.ts";
import { writeSet } from "./write-set.ts";

/** Puts a proposed SET in force, by somebody else than who proposed it; it must still hold, on the SET it was made against. */
export async function approveProposal(ctx: Ctx, input: ProposalInput): Promise<{ generation: number }> {
  const { agentId, environment } = input;
  const open = await findProposal(ctx.db.sql, input);
  if (open?.authorId === ctx.actor.id) {
    await recordRefusal(ctx, { call: "deployments.approveProposal", needed: "a second person", environment });
    throw outOfReach("You proposed it: a second person approves it.");
  }
  await verifyNamed(ctx, { agentId, environment, records: open?.records });
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    await lockPlace(tx, input);
    const { id, generation: madeOn, reapplies, records: proposed, ...rest } = await lockProposal(sql, input);
    const current = await findDeployment(sql, input, "FOR UPDATE");
    const known = current?.generation ?? 0;
    if (known !== madeOn)
      throw conflict(
        `It was made on SET ${madeOn}, and ${known} is in force now. Withdraw it, and propose again.`,
      );
    if (reapplies !== null) await requireNoRollout(sql, input);
    const records = await requireSetOf(sql, { place: input, records: proposed, at: ctx.clock.now() });
    const generation = await writeSet(tx, ctx, {
      agentId,
      environment,
      records,
      cause: reapplies === null ? "person" : "reapply",
      note: `${rest.note} (proposed by ${rest.author})`,
    });
    await tx.$executeRaw`
      UPDATE deployment_proposal SET outcome = 'applied', decided_by_name = ${ctx.actor.name}, decided_at = ${ctx.clock.now()}
      WHERE id = ${id}::bigint`;
    await recordAudit(tx, ctx, {
      action: "deployment.approve",
      subject: `deployment:${environment}/${agentId}`,
      before: current?.records ?? [],
      after: records,
      reason: rest.note,
    });
    return { generation };
  });
}
