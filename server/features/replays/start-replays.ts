import type { Health, Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Election } from "../../ports/election.ts";
import { sqlOf } from "../deployments/deployment-rows.ts";
import { endReplay } from "./end-replay.ts";
import { type ReplayRow, replaySelect } from "./replay-rows.ts";
import { endOf, keptReplaysMs } from "./replay-rules.ts";

type ReplaysCtx = Pick<Ctx, "db" | "clock" | "log">;
export type ReplaysOptions = { ctx: ReplaysCtx; election: Election; everyMs?: number };

const sweepEveryMs = 600_000;

/** Ends replays that nobody ends any more, and takes away the old ones, while this process is elected to. */
export function startReplays({
  ctx,
  election,
  everyMs = 1_000,
}: ReplaysOptions): Running & { health(): Health } {
  let fault: { reason: string; since: Date } | null = null;
  let sweptAt: number | null = null;
  const onError = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (fault?.reason !== reason) ctx.log.warn({ err: error }, "replays are not watched, trying again");
    fault = { reason, since: fault?.since ?? ctx.clock.now() };
  };
  const seat = election.whileElected({
    name: "replays",
    work: (signal) =>
      repeat({ pauseMs: everyMs, signal, onError }, async () => {
        await endOverdueReplays(ctx);
        if (sweptAt === null || performance.now() - sweptAt > sweepEveryMs) {
          await sweepReplays(ctx);
          sweptAt = performance.now();
        }
        fault = null;
      }),
  });
  return {
    stop: () => seat.stop(),
    health: () =>
      fault === null
        ? { state: "ok", reason: null, since: null }
        : { state: "degraded", reason: `Replays are not watched: ${fault.reason}`, since: fault.since },
  };
}

export async function endOverdueReplays({ db, clock }: Pick<Ctx, "db" | "clock">): Promise<void> {
  const now = clock.now();
  const open = await db.sql<ReplayRow>(`${replaySelect} WHERE r.ended_at IS NULL ORDER BY r.id LIMIT 1000`);
  for (const { id } of open.filter((row) => endOf(row, now) !== null))
    await db.prisma.$transaction(async (tx) => {
      const sql = sqlOf(tx);
      const [row] = await sql<ReplayRow>(`${replaySelect} WHERE r.id = $1::bigint FOR UPDATE OF r`, [id]);
      const end = row && endOf(row, now);
      if (end) await endReplay(tx, row, { ...end, at: now });
    });
}

export async function sweepReplays({ db, clock }: Pick<Ctx, "db" | "clock">): Promise<void> {
  await db.sql("DELETE FROM replay WHERE ended_at < $1", [new Date(clock.now().getTime() - keptReplaysMs)]);
}
