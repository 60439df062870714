import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { announceDeployments, findDeployment, parseRecords, sqlOf } from "../deployments/deployment-rows.ts";
import type { DeploymentRecord } from "../deployments/schema.ts";
import { writeSet } from "../deployments/write-set.ts";
import { decide, type Effect, isDecided, type RolloutEvent } from "./machine-rules.ts";
import { planSchema, type RolloutState, stateSchema } from "./schema.ts";
import { changeCandidate } from "./set-of-rollout-rules.ts";
import { type RolloutRow, recordRolloutEvent, saveState } from "./store.ts";

/**
 * One step of the machine in the caller's transaction, on a locked row: the state, what it makes of the SET and what
 * runtimes are told are written together or not at all. So a controller may die anywhere.
 */
export async function takeStep(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "clock" | "requestId" | "address">,
  { row, event }: { row: RolloutRow; event: RolloutEvent },
): Promise<RolloutState> {
  const at = ctx.clock.now();
  const before = stateSchema.parse(row.state);
  const { state, effects } = decide(planSchema.parse(row.plan), before, { event, at: at.getTime() });
  for (const effect of effects) await carryOut(tx, ctx, { row, effect });
  const endedAt = isDecided(state) ? (row.endedAt ?? at) : null;
  await saveState(tx, row.id, { state, endedAt });
  for (const [kind, note] of changesOf(before, state))
    await recordRolloutEvent(tx, { rollout: row.id, at, kind, actor: actorOf(ctx), note });
  if (JSON.stringify(before) !== JSON.stringify(state)) await announceDeployments(tx, row.agentId, at);
  return state;
}

function actorOf({ actor }: Pick<Ctx, "actor">): string | null {
  return actor.kind === "system" ? null : actor.name;
}

async function carryOut(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "clock" | "requestId" | "address">,
  { row, effect }: { row: RolloutRow; effect: Effect },
): Promise<void> {
  const { agentId, environment, candidate, candidateSemver } = row;
  const current = (await findDeployment(sqlOf(tx), row, "FOR UPDATE"))?.records ?? [];
  const base = parseRecords(row.base);
  const place = { agentId, environment };
  switch (effect.kind) {
    case "route": {
      const records = changeCandidate(current, base, { version: candidate, weight: effect.weight });
      const note = `${candidateSemver} to ${effect.weight} %`;
      await writeSet(tx, ctx, { ...place, records, cause: "rollout", note });
      return;
    }
    case "finish": {
      const records: DeploymentRecord[] =
        base.length === 0
          ? [firstRecord(candidate)]
          : changeCandidate(current, base, { version: candidate, weight: 100 });
      await writeSet(tx, ctx, { ...place, records, cause: "rollout", note: `${candidateSemver} to all` });
      return;
    }
    case "restore": {
      const records =
        base.length === 0 ? [] : changeCandidate(current, base, { version: candidate, weight: 0 });
      const note = `rolled back ${candidateSemver}: ${effect.reason}`;
      await writeSet(tx, ctx, { ...place, records, cause: "rollback", note, lock: effect.reason });
    }
  }
}

function firstRecord(version: string): DeploymentRecord {
  return {
    name: "default",
    priority: 100,
    targeting: "",
    version,
    weight: 1,
    enabled: true,
    params: {},
    engagements: {},
    expiresAt: null,
  };
}

function changesOf(before: RolloutState, after: RolloutState): [kind: string, note: string | null][] {
  const changes: [string, string | null][] = [];
  if (before.approvedBy !== after.approvedBy) changes.push(["approved", null]);
  if (before.phase !== after.phase && after.phase !== "running") changes.push([after.phase, after.reason]);
  if (before.phase === "paused" && after.phase === "running") changes.push(["resumed", null]);
  if (after.step !== before.step && after.phase === "running") changes.push(["step", `${after.weight} %`]);
  if (!before.isSkipped && after.isSkipped) changes.push(["promoted", null]);
  if (after.verdict && after.verdict.result !== before.verdict?.result)
    changes.push([`verdict ${after.verdict.result}`, after.verdict.why]);
  return changes;
}
