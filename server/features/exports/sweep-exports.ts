import type { Artefacts } from "../../ports/artefacts.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { artefactOf } from "./find-export-file.ts";
import { keptHours, listedDays, maxKeptFiles } from "./rules.ts";
import { exportNotice } from "./store.ts";

type SweepCtx = Pick<Ctx, "db" | "clock"> & { artefacts: Artefacts };
type Swept = { id: string; attempt: number; owner_id: string };

const hourMs = 3_600_000;
const maxRemovedAtOnce = 500;

/** Files whose time is over go, then what nobody lists any more. What is left over by a crash goes by its age. */
export async function sweepExports(ctx: SweepCtx): Promise<void> {
  const at = ctx.clock.now();
  await expireFiles(ctx, at);
  await deleteRemoved(ctx);
  await ctx.db.sql("DELETE FROM export_job WHERE state NOT IN ('queued', 'running') AND finished_at < $1", [
    hoursBefore(at, listedDays * 24),
  ]);
  await ctx.artefacts.removeOlderThan(hoursBefore(at, 2 * keptHours));
}

/** A person keeps a day's files, and no more than a few. */
async function expireFiles({ db, artefacts }: SweepCtx, at: Date): Promise<void> {
  const expired = await db.sql<Swept>(
    `UPDATE export_job SET state = 'expired'
     WHERE state = 'done' AND (expires_at < $1 OR id IN (
       SELECT id FROM (
         SELECT id, row_number() OVER (PARTITION BY owner_id ORDER BY finished_at DESC) AS place
         FROM export_job WHERE state = 'done') kept
       WHERE place > ${maxKeptFiles}))
     RETURNING id, attempt, owner_id`,
    [at],
  );
  for (const job of expired) await artefacts.remove(artefactOf(job));
  for (const ownerId of new Set(expired.map(({ owner_id }) => owner_id)))
    await db.sql("SELECT pg_notify('console_live', $1)", [exportNotice(ownerId, at)]);
}

async function deleteRemoved({ db, artefacts }: SweepCtx): Promise<void> {
  const removed = await db.sql<Swept>(
    `SELECT id, attempt, owner_id FROM export_job WHERE state = 'removed' LIMIT ${maxRemovedAtOnce}`,
  );
  for (const job of removed) await artefacts.remove(artefactOf(job));
  await db.sql("DELETE FROM export_job WHERE state = 'removed' AND id = ANY($1)", [
    removed.map(({ id }) => id),
  ]);
}

function hoursBefore(at: Date, hours: number): Date {
  return new Date(at.getTime() - hours * hourMs);
}
