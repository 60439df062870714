import { conflict } from "../../kernel/errors.ts";
import { endOf } from "../../kernel/time-window.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments } from "../deployments/deployment-rows.ts";
import { requireTime } from "../maintenance/require-time.ts";
import { findFreeze, lockFreeze } from "./freeze-rows.ts";
import type { Freeze, UpdateFreezeInput } from "./freeze-schema.ts";

/** Rollouts follow with the controller's next look. */
export async function updateFreeze(ctx: Ctx, input: UpdateFreezeInput): Promise<Freeze> {
  const { environment, id, revision, time, reason, why } = input;
  const at = ctx.clock.now();
  requireTime(time, at);
  await ctx.db.prisma.$transaction(async (tx) => {
    const freeze = await lockFreeze(tx, { environment, id }, at);
    if (freeze.revision !== revision)
      throw conflict(`${freeze.changedBy} changed this freeze meanwhile. Look at it again.`);
    await tx.$executeRaw`
      UPDATE rollout_freeze SET time = ${JSON.stringify(time)}::jsonb, reason = ${reason}, revision = revision + 1,
        changed_at = ${at}, changed_by = ${ctx.actor.name}, closes_at = ${endOf(time)}
      WHERE id = ${id}::bigint`;
    const before = { time: freeze.time, reason: freeze.reason, revision };
    const after = { time, reason, revision: revision + 1 };
    const action = "rollout.freeze-change";
    await recordAudit(tx, ctx, { action, subject: `freeze:${id}`, before, after, reason: why });
    await announceDeployments(tx, null, at);
  });
  return findFreeze(ctx, { environment, id });
}
