import { conflict, invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments, findDeployment, lockPlace, sqlOf } from "../deployments/deployment-rows.ts";
import { judgeSetOf } from "../deployments/judge-set-of.ts";
import type { DeploymentRecord } from "../deployments/schema.ts";
import { findDefault } from "../deployments/set-rules.ts";
import { findRollout } from "./get-rollout.ts";
import { startState } from "./machine-rules.ts";
import type { Rollout, StartRolloutInput } from "./schema.ts";
import { withCandidate } from "./set-of-rollout-rules.ts";
import { recordRolloutEvent } from "./store.ts";

/** Starts to bring a version to an environment. In prod it waits until a second person approves. */
export async function startRollout(ctx: Ctx, input: StartRolloutInput): Promise<Rollout> {
  const { agentId, environment } = input;
  const id = await ctx.db.prisma.$transaction(async (tx) => {
    await lockPlace(tx, input);
    const base = await requireBase(tx, ctx, input);
    return insertRollout(tx, ctx, { input, base });
  });
  return findRollout(ctx, { agentId, environment, id });
}

async function requireBase(
  tx: Transaction,
  { clock }: Ctx,
  input: StartRolloutInput,
): Promise<DeploymentRecord[]> {
  const sql = sqlOf(tx);
  const { version, plan } = input;
  const current = await findDeployment(sql, input, "FOR UPDATE");
  if (current?.lockedReason)
    throw conflict(
      `Nothing new is rolled out here since it was rolled back: ${current.lockedReason} Release it first.`,
    );
  const open = await sql<{ id: string }>(
    "SELECT id::text AS id FROM rollout WHERE agent_id = $1 AND environment = $2 AND ended_at IS NULL",
    [input.agentId, input.environment],
  );
  if (open[0]) throw conflict(`Rollout ${open[0].id} is under way here. One at a time.`);
  const base = current?.records ?? [];
  const stable = findDefault(base);
  if (!stable && plan.strategy !== "all_at_once")
    throw invalid("Nothing runs here yet, so there is nothing to compare with: roll it out all at once.");
  if (stable?.version === version) throw conflict("This version is the stable one here already.");
  await requireSets(sql, { input, base, at: clock.now() });
  return base;
}

type Sets = { input: StartRolloutInput; base: readonly DeploymentRecord[]; at: Date };

/** What it would apply has to hold: half way and at the end. */
async function requireSets(sql: ReturnType<typeof sqlOf>, { input, base, at }: Sets): Promise<void> {
  const { version, agentId, environment } = input;
  const weights = input.plan.steps.length > 0 ? [1, 100] : [100];
  const sets =
    base.length === 0
      ? [[aFirst(version)]]
      : weights.map((weight) => withCandidate(base, { version, weight }));
  for (const records of sets) {
    const { issues } = await judgeSetOf(sql, { place: { agentId, environment }, records, at });
    if (issues[0])
      throw invalid(`This version cannot be rolled out here: ${issues[0].message}`, {
        pointer: issues[0].pointer,
      });
  }
}

function aFirst(version: string) {
  return { name: "default", priority: 100, targeting: "", version, weight: 1, enabled: true };
}

type Insert = { input: StartRolloutInput; base: readonly DeploymentRecord[] };

async function insertRollout(tx: Transaction, ctx: Ctx, { input, base }: Insert): Promise<string> {
  const { agentId, environment, version, plan, note } = input;
  const at = ctx.clock.now();
  const stable = findDefault(base)?.version ?? null;
  const state = {
    ...startState(at.getTime()),
    approvedBy: environment === "prod" ? null : ctx.actor.name,
  };
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO rollout (agent_id, environment, stable, candidate, plan, base, state, phase, note, started_by_id,
                         started_by_name, started_at)
    VALUES (${agentId}, ${environment}, ${stable}, ${version}, ${JSON.stringify(plan)}::jsonb,
            ${JSON.stringify(base)}::jsonb, ${JSON.stringify(state)}::jsonb, ${state.phase}, ${note}, ${ctx.actor.id},
            ${ctx.actor.name}, ${at})
    RETURNING id::text AS id`;
  const id = rows[0]?.id ?? "";
  await recordRolloutEvent(tx, { rollout: id, at, kind: "started", actor: ctx.actor.name, note });
  await recordAudit(tx, ctx, {
    action: "rollout.start",
    subject: `rollout:${id}`,
    after: { agentId, environment, stable, candidate: version, plan },
    reason: note,
  });
  await announceDeployments(tx, agentId, at);
  return id;
}
