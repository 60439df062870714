import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { findDeployment, lockPlace, parseRecords, sqlOf } from "./deployment-rows.ts";
import { findHeld, judgeSetOf } from "./judge-set-of.ts";
import type { ReapplySetInput } from "./schema.ts";
import { writeSet } from "./write-set.ts";

/**
 * Puts an earlier SET in force again: the way back when no rollout runs. It was in force before, so one person is
 * enough, in prod too; it must still hold.
 */
export async function reapplySet(ctx: Ctx, input: ReapplySetInput): Promise<{ generation: number }> {
  const { agentId, environment, note } = input;
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    await lockPlace(tx, input);
    const held = await findHeld(sql, input);
    if (held)
      throw conflict(`Rollout ${held.rollout} is under way. Roll it back, or wait until it is decided.`);
    const rows = await sql<{ records: unknown }>(
      "SELECT records FROM deployment_set WHERE agent_id = $1 AND environment = $2 AND generation = $3",
      [agentId, environment, input.generation],
    );
    if (!rows[0]) throw notFound("SET", String(input.generation));
    const records = withoutExpired(parseRecords(rows[0].records), ctx.clock.now());
    const { issues } = await judgeSetOf(sql, { place: input, records, at: ctx.clock.now() });
    if (issues[0]) throw invalid(`SET ${input.generation} does not hold any more: ${issues[0].message}`);
    const before = await findDeployment(sql, input);
    const generation = await writeSet(tx, ctx, { agentId, environment, records, cause: "reapply", note });
    await recordAudit(tx, ctx, {
      action: "deployment.reapply",
      subject: `deployment:${environment}/${agentId}`,
      before: before?.records ?? [],
      after: records,
      reason: note,
    });
    return { generation };
  });
}

function withoutExpired<Record extends { expiresAt: string | null }>(records: Record[], at: Date): Record[] {
  return records.filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > at.getTime());
}
