import { conflict, notFound, outOfReach } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { lockPlace, sqlOf } from "../deployments/deployment-rows.ts";
import { recordRefusal } from "../identity/record-refusal.ts";
import { findRollout } from "./get-rollout.ts";
import type { RolloutEvent } from "./machine-rules.ts";
import type { ReasonedRolloutInput, Rollout, RolloutInput } from "./schema.ts";
import { lockRollout } from "./store.ts";
import { takeStep } from "./take-step.ts";

/** In prod by somebody else than who started it. */
export async function approveRollout(ctx: Ctx, input: RolloutInput): Promise<Rollout> {
  const { startedById } = await findRollout(ctx, input);
  if (input.environment === "prod" && startedById === ctx.actor.id) {
    await recordRefusal(ctx, { call: "rollouts.approve", needed: "a second person", environment: "prod" });
    throw outOfReach("You started it: a second person approves it.");
  }
  return change(ctx, input, { event: { kind: "approve", by: ctx.actor.name }, action: "rollout.approve" });
}

export function pauseRollout(ctx: Ctx, input: ReasonedRolloutInput): Promise<Rollout> {
  return change(ctx, input, { event: { kind: "pause", reason: input.reason }, action: "rollout.pause" });
}

export function resumeRollout(ctx: Ctx, input: RolloutInput): Promise<Rollout> {
  return change(ctx, input, { event: { kind: "resume" }, action: "rollout.resume" });
}

/** Ends the present step without waiting for its time; gates still hold. */
export function promoteRollout(ctx: Ctx, input: ReasonedRolloutInput): Promise<Rollout> {
  return change(ctx, input, { event: { kind: "promote" }, action: "rollout.promote", reason: input.reason });
}

/** The safe direction: one person, a reason, at once; also after it succeeded, as long as nothing came after it. */
export function rollBack(ctx: Ctx, input: ReasonedRolloutInput): Promise<Rollout> {
  const { reason } = input;
  return change(ctx, input, { event: { kind: "rollback", reason }, action: "rollout.rollback", reason });
}

type Change = { event: RolloutEvent; action: string; reason?: string };

async function change(ctx: Ctx, input: RolloutInput, { event, action, reason }: Change): Promise<Rollout> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    // In the order of the controller and of starts: first the place, then the row.
    await lockPlace(tx, input);
    const row = await lockRollout(sql, input.id);
    if (row.agentId !== input.agentId || row.environment !== input.environment)
      throw notFound("rollout", input.id);
    const newer = await sql(
      "SELECT 1 FROM rollout WHERE agent_id = $1 AND environment = $2 AND id > $3::bigint LIMIT 1",
      [row.agentId, row.environment, row.id],
    );
    if (newer.length > 0) throw conflict("A newer rollout followed this one: act there.");
    const before = JSON.stringify(row.state);
    const state = await takeStep(tx, ctx, { row, event });
    if (JSON.stringify(state) === before)
      throw conflict(`The rollout is ${state.phase.replace("_", " ")}: this changes nothing now.`);
    await recordAudit(tx, ctx, {
      action,
      subject: `rollout:${row.id}`,
      before: { phase: JSON.parse(before).phase },
      after: { phase: state.phase, weight: state.weight },
      reason: reason ?? null,
    });
  });
  return findRollout(ctx, input);
}
