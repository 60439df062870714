import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Version } from "./schema.ts";
import { announceAgents, refreshAgent, toState, toVersion } from "./store.ts";
import { judgeTransition, type TransitionBy, type VersionState } from "./version-rules.ts";

export type StateChange = {
  agentId: string;
  cid: string;
  to: VersionState;
  by: TransitionBy;
  /** Records of deployment SETs in force that name it; the deployments area counts them after its own change. */
  records: number;
  reason: string;
  sunsetAt: Date | null;
  /** Of the audit entry. */
  action: string;
};

type ChangeCtx = Pick<Ctx, "actor" | "clock" | "requestId" | "address">;

/**
 * Moves a version to another state in the caller's transaction: row locked, rule asked, history, audit entry and notice
 * written. Throws `conflict` with the rule's own words.
 */
export async function changeState(tx: Transaction, ctx: ChangeCtx, change: StateChange): Promise<Version> {
  const { agentId, cid, to, by, reason, sunsetAt } = change;
  const at = ctx.clock.now();
  await tx.$queryRaw`SELECT 1 FROM agent_version WHERE agent_id = ${agentId} AND cid = ${cid} FOR UPDATE`;
  const key = { agentId_cid: { agentId, cid } };
  const before = await tx.agentVersion.findUnique({ where: key });
  if (!before) throw notFound("version", cid);
  const from = toState(before.state);
  const verdict = judgeTransition({ from, to, by, records: change.records, reason, sunsetAt }, at);
  if (verdict.kind === "refused") throw conflict(verdict.why);
  const keepsSunset = to === "archived";
  const row = await tx.agentVersion.update({
    where: key,
    data: { state: to, stateChangedAt: at, ...(keepsSunset ? {} : { sunsetAt }) },
  });
  await tx.agentVersionTransition.create({
    data: {
      agentId,
      cid,
      fromState: from,
      toState: to,
      actorId: ctx.actor.id,
      actorName: ctx.actor.name,
      reason,
      at,
    },
  });
  await refreshAgent(tx, agentId, { at, by: ctx.actor.name });
  await recordAudit(tx, ctx, {
    action: change.action,
    subject: `agent:${agentId}`,
    before: { cid, state: from, sunsetAt: before.sunsetAt },
    after: { cid, state: to, sunsetAt: row.sunsetAt },
    reason,
  });
  await announceAgents(tx, [agentId], at);
  return toVersion(row);
}
