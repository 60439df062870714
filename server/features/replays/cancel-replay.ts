import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { sqlOf } from "../deployments/deployment-rows.ts";
import { endReplay } from "./end-replay.ts";
import { getReplayRow, type ReplayRow, replaySelect, toReplay } from "./replay-rows.ts";
import { replayedOf } from "./replay-rules.ts";
import type { Replay, ReplayInput } from "./schema.ts";

/** It counts as ended at once, and what its runtime says afterwards is left; what is there stays. */
export async function cancelReplay(ctx: Ctx, { agentId, environment, id }: ReplayInput): Promise<Replay> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const [row] = await sqlOf(tx)<ReplayRow>(
      `${replaySelect} WHERE r.id = $1::bigint AND r.agent_id = $2 AND r.environment = $3 FOR UPDATE OF r`,
      [id, agentId, environment],
    );
    if (!row) throw notFound("replay", id);
    if (row.endedAt) throw conflict(`It has ended already: ${row.state}.`);
    await endReplay(tx, row, { state: "cancelled", reason: null, at: ctx.clock.now() });
    const replayed = replayedOf(row.verdicts);
    await recordAudit(tx, ctx, {
      action: "replay.cancel",
      subject: `replay:${id}`,
      before: { state: row.state, replayed, total: row.total },
      after: { state: "cancelled", replayed, total: row.total },
    });
  });
  return toReplay(await getReplayRow(ctx.db.sql, { agentId, id }));
}
