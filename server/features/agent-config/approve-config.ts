import { conflict, outOfReach } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { lockPlace, sqlOf } from "../deployments/deployment-rows.ts";
import { recordRefusal } from "../identity/record-refusal.ts";
import { findConfig } from "./find-config.ts";
import { requireFit } from "./plan-change.ts";
import { findConfigProposal, lockConfigProposal } from "./proposal-rows.ts";
import type { ConfigProposalInput } from "./schema.ts";
import { writeConfig } from "./write-config.ts";

/** Puts a proposed configuration in force, by somebody else than who proposed it, on the revision it was made against. */
export async function approveConfig(ctx: Ctx, input: ConfigProposalInput): Promise<{ revision: number }> {
  const { agentId, environment } = input;
  const place = { agentId, environment };
  const open = await findConfigProposal(ctx.db.sql, place);
  if (open?.authorId === ctx.actor.id) {
    await recordRefusal(ctx, { call: "agentConfig.approve", needed: "a second person", environment });
    throw outOfReach("You proposed it: a second person approves it.");
  }
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    await lockPlace(tx, place);
    const { id, revision: madeOn, settings, secrets, backTo, ...rest } = await lockConfigProposal(sql, input);
    const current = await findConfig(sql, place);
    const revision = current?.revision ?? 0;
    if (revision !== madeOn)
      throw conflict(
        `It was made on revision ${madeOn}, and ${revision} is in force now. Withdraw it, and propose again.`,
      );
    const before = { settings: current?.settings ?? {}, secrets: current?.secrets ?? {} };
    const after = { settings, secrets };
    await requireFit(sql, place, { before, after, isBack: backTo !== null });
    await tx.$executeRaw`
      UPDATE agent_config_proposal SET outcome = 'applied', decided_by_name = ${ctx.actor.name}, decided_at = ${ctx.clock.now()}
      WHERE id = ${id}::bigint`;
    const written = await writeConfig(tx, ctx, {
      place,
      planned: { revision, before, after, backTo },
      note: `${rest.note} (proposed by ${rest.author})`,
      action: "config.approve",
    });
    return { revision: written };
  });
}
