import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Sql } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireOnePersonEnough } from "./apply-set.ts";
import { findDeployment, lockPlace, parseRecords, sqlOf } from "./deployment-rows.ts";
import { findHeld, judgeSetOf } from "./judge-set-of.ts";
import { isExpired } from "./routing-rules.ts";
import type { DeploymentRecord, Place, ReapplySetInput } from "./schema.ts";
import { verifyNamed } from "./verify-named.ts";
import { writeSet } from "./write-set.ts";

/** Puts an earlier SET in force again, as far as it still holds. In prod it is proposed, as every change. */
export async function reapplySet(ctx: Ctx, input: ReapplySetInput): Promise<{ generation: number }> {
  const { agentId, environment, note } = input;
  await requireOnePersonEnough(ctx, { call: "deployments.reapplySet", environment });
  const named = await findEarlierSet(ctx.db.sql, input, ctx.clock.now());
  await verifyNamed(ctx, { agentId, environment, records: named });
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    await lockPlace(tx, input);
    await requireNoRollout(sql, input);
    const records = await findEarlierSet(sql, input, ctx.clock.now());
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

export async function requireNoRollout(sql: Sql, place: Place): Promise<void> {
  const held = await findHeld(sql, place);
  if (held)
    throw conflict(`Rollout ${held.rollout} is under way. Roll it back, or wait until it is decided.`);
}

type Earlier = Place & { generation: number };

/** What of an earlier SET would be in force now: without what has expired. Throws `invalid` where it no longer holds. */
export async function findEarlierSet(sql: Sql, earlier: Earlier, at: Date): Promise<DeploymentRecord[]> {
  const { agentId, environment, generation } = earlier;
  const rows = await sql<{ records: unknown }>(
    "SELECT records FROM deployment_set WHERE agent_id = $1 AND environment = $2 AND generation = $3",
    [agentId, environment, generation],
  );
  if (!rows[0]) throw notFound("SET", String(generation));
  const records = parseRecords(rows[0].records).filter((record) => !isExpired(record, at.getTime()));
  const { issues } = await judgeSetOf(sql, { place: earlier, records, at });
  if (issues[0]) throw invalid(`SET ${generation} does not hold any more: ${issues[0].message}`);
  return records;
}
