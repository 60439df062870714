import { conflict, invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { announceDeployments, lockPlace, sqlOf } from "../deployments/deployment-rows.ts";
import { planChange, sealChange } from "./plan-change.ts";
import { findConfigProposal } from "./proposal-rows.ts";
import type { ChangeConfigInput } from "./schema.ts";
import { auditConfig } from "./write-config.ts";

/** Asks a second person to put a configuration in force in prod. It is judged now, and again when they say yes. */
export async function proposeConfig(ctx: Ctx, input: ChangeConfigInput): Promise<{ id: string }> {
  const { agentId, environment, note } = input;
  if (environment !== "prod") throw invalid(`In ${environment} one person is enough: apply it yourself.`);
  const change = await sealChange(ctx, input);
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockPlace(tx, input);
    const open = await findConfigProposal(sqlOf(tx), input);
    if (open) throw conflict(`${open.author} has proposed a configuration here already. Decide on it first.`);
    const planned = await planChange(sqlOf(tx), input, change);
    const { revision, after, backTo } = planned;
    const rows = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO agent_config_proposal (agent_id, environment, revision, settings, secrets, back_to, note, author_id, author_name, made_at)
      VALUES (${agentId}, ${environment}, ${revision}, ${JSON.stringify(after.settings)}::jsonb,
              ${JSON.stringify(after.secrets)}::jsonb, ${backTo}, ${note}, ${ctx.actor.id}, ${ctx.actor.name}, ${at})
      RETURNING id::text AS id`;
    const place = { agentId, environment };
    await auditConfig(tx, ctx, { place, planned, note, action: "config.propose" });
    await announceDeployments(tx, agentId, at);
    return { id: rows[0]?.id ?? "" };
  });
}
