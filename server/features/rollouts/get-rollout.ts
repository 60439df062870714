import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { findDeployment } from "../deployments/deployment-rows.ts";
import { listPoints } from "./read-samples.ts";
import type { Rollout, RolloutDetail, RolloutInput } from "./schema.ts";
import { type RolloutRow, rolloutSelect, toRollout } from "./store.ts";

export async function findRollout({ db }: Pick<Ctx, "db">, input: RolloutInput): Promise<Rollout> {
  const rows = await db.sql<RolloutRow>(
    `${rolloutSelect} WHERE r.id = $1::bigint AND r.agent_id = $2 AND r.environment = $3`,
    [input.id, input.agentId, input.environment],
  );
  if (!rows[0]) throw notFound("rollout", input.id);
  return toRollout(rows[0]);
}

/** One rollout with what its page draws. */
export async function getRollout(
  ctx: Pick<Ctx, "db" | "clock">,
  input: RolloutInput,
): Promise<RolloutDetail> {
  const rollout = await findRollout(ctx, input);
  const until = rollout.endedAt === null ? ctx.clock.now() : new Date(Date.parse(rollout.endedAt) + 60_000);
  const from = new Date(Math.max(Date.parse(rollout.startedAt) - 120_000, until.getTime() - 86_400_000));
  const span = { ...input, from, until };
  const [events, stable, candidate, deployment] = await Promise.all([
    ctx.db.sql<Omit<RolloutDetail["events"][number], "at"> & { at: Date }>(
      `SELECT at, kind, actor_name AS actor, note FROM rollout_event WHERE rollout = $1::bigint ORDER BY id DESC LIMIT 200`,
      [input.id],
    ),
    rollout.stable ? listPoints(ctx.db.sql, { ...span, version: rollout.stable.cid }) : [],
    listPoints(ctx.db.sql, { ...span, version: rollout.candidate.cid }),
    findDeployment(ctx.db.sql, input),
  ]);
  return {
    rollout,
    events: events.map((event) => ({ ...event, at: event.at.toISOString() })),
    stable,
    candidate,
    isLocked: deployment?.lockedAt != null,
  };
}
