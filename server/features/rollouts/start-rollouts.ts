import type { Health, Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Election } from "../../ports/election.ts";
import { lockPlace, parseRecords, sqlOf } from "../deployments/deployment-rows.ts";
import { isExpired } from "../deployments/routing-rules.ts";
import { writeSet } from "../deployments/write-set.ts";
import { observe } from "./observe.ts";
import { lockRollout, type RolloutRow, rolloutSelect } from "./store.ts";
import { takeStep } from "./take-step.ts";

export type RolloutsOptions = {
  /** The console itself, acting. */
  ctx: Ctx;
  election: Election;
  everyMs?: number;
};

const keptSlotsMs = 2 * 86_400_000;

/** The controller: looks at every open rollout once a second, for as long as this process is elected to. */
export function startRollouts(options: RolloutsOptions): Running & { health(): Health } {
  const { ctx, election, everyMs = 1_000 } = options;
  let fault: { reason: string; since: Date } | null = null;
  let sweptAt = 0;
  const onError = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (fault?.reason !== reason) ctx.log.warn({ err: error }, "rollouts stand still, trying again");
    fault = { reason, since: fault?.since ?? ctx.clock.now() };
  };
  const seat = election.whileElected({
    name: "rollouts",
    work: (signal) =>
      repeat({ pauseMs: everyMs, signal, onError }, async () => {
        await lookAtRollouts(ctx);
        await endExpired(ctx);
        if (performance.now() - sweptAt > 600_000) await sweepOld(ctx);
        if (performance.now() - sweptAt > 600_000) sweptAt = performance.now();
        fault = null;
      }),
  });
  return {
    stop: () => seat.stop(),
    health: () =>
      fault === null
        ? { state: "ok", reason: null, since: null }
        : { state: "degraded", reason: `Rollouts stand still: ${fault.reason}`, since: fault.since },
  };
}

/** One look at each open rollout; one that fails does not keep the others waiting. */
export async function lookAtRollouts(ctx: Ctx): Promise<void> {
  const open = await ctx.db.sql<RolloutRow>(
    `${rolloutSelect} WHERE r.ended_at IS NULL ORDER BY r.id LIMIT 1000`,
  );
  const failures: unknown[] = [];
  for (const row of open) await lookAt(ctx, row).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

async function lookAt(ctx: Ctx, { id, agentId, environment }: RolloutRow): Promise<void> {
  const [before] = await ctx.db.sql<RolloutRow>(`${rolloutSelect} WHERE r.id = $1::bigint`, [id]);
  if (!before) return;
  const seen = await observe(ctx, before);
  await ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    await lockPlace(tx, { agentId, environment });
    const row = await lockRollout(sql, id);
    // What was seen belongs to this state only; if a person acted meanwhile, the next look counts.
    if (row.endedAt === null && JSON.stringify(row.state) === JSON.stringify(before.state))
      await takeStep(tx, ctx, { row, event: { kind: "tick", seen } });
  });
}

/** Records whose time is over leave the SET, as a SET of its own in the history. */
async function endExpired(ctx: Ctx): Promise<void> {
  const at = ctx.clock.now();
  const due = await ctx.db.sql<{ agentId: string; environment: "dev" | "staging" | "prod" }>(
    `SELECT agent_id AS "agentId", environment FROM deployment
     WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(records) AS record
       WHERE record ->> 'expiresAt' IS NOT NULL AND (record ->> 'expiresAt')::timestamptz <= $1) LIMIT 100`,
    [at],
  );
  for (const place of due)
    await ctx.db.prisma.$transaction(async (tx) => {
      const sql = sqlOf(tx);
      await lockPlace(tx, place);
      const rows = await sql<{ records: unknown }>(
        "SELECT records FROM deployment WHERE agent_id = $1 AND environment = $2 FOR UPDATE",
        [place.agentId, place.environment],
      );
      const all = parseRecords(rows[0]?.records ?? []);
      const records = all.filter((record) => !isExpired(record, at.getTime()));
      const gone = all.filter((record) => isExpired(record, at.getTime())).map(({ name }) => name);
      if (gone.length > 0)
        await writeSet(tx, ctx, { ...place, records, cause: "expiry", note: `Expired: ${gone.join(", ")}` });
    });
}

async function sweepOld({ db, clock }: Ctx): Promise<void> {
  const before = new Date(clock.now().getTime() - keptSlotsMs);
  await db.sql("DELETE FROM agent_latency WHERE at < $1", [before]);
  await db.sql("DELETE FROM agent_slot WHERE at < $1", [before]);
  await db.sql("DELETE FROM agent_job WHERE ended_at < $1", [before]);
}
