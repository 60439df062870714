import type { Ctx } from "../../ports/ctx.ts";
import { exportNotice } from "./store.ts";

type LeaseCtx = Pick<Ctx, "db" | "clock">;

/** What a worker holds: one attempt at one job. */
export type HeldJob = {
  id: string;
  attempt: number;
  worker: string;
  ownerId: string;
  source: string;
  query: Record<string, string>;
  format: string;
  isCompressed: boolean;
  requestId: string;
};

export type JobEnd = { state: "done" | "failed" | "queued"; reason: string | null; expiresAt: Date | null };

export const leaseMs = 15_000;

/** Takes the job that waits longest: a new one, or one whose worker has not been heard of. Null when there is none. */
export async function takeJob({ db, clock }: LeaseCtx, worker: string): Promise<HeldJob | null> {
  const at = clock.now();
  const rows = await db.sql<HeldJob>(
    `WITH taken AS (
       UPDATE export_job SET state = 'running', worker = $1, lease_until = $2, attempt = attempt + 1,
         started_at = $3, rows = 0, bytes = 0, reason = NULL
       WHERE id = (
         SELECT id FROM export_job
         WHERE state = 'queued' OR (state = 'running' AND lease_until < $3)
         ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING *)
     SELECT id, attempt, worker, owner_id AS "ownerId", source, query, format,
       is_compressed AS "isCompressed", request_id AS "requestId" FROM taken`,
    [worker, new Date(at.getTime() + leaseMs), at],
  );
  return rows[0] ?? null;
}

/** Renews the lease and tells how far the file is. False: the job is no longer ours, or was cancelled. */
export async function keepJob(
  { db, clock }: LeaseCtx,
  job: HeldJob,
  progress: { rows: number; bytes: number },
): Promise<boolean> {
  const at = clock.now();
  const values = [progress.rows, progress.bytes, new Date(at.getTime() + leaseMs)];
  return change(db, job, { set: "rows = $5, bytes = $6, lease_until = $7", values, at });
}

/** False: it was no longer ours to end. */
export async function endJob(
  { db, clock }: LeaseCtx,
  job: HeldJob,
  end: JobEnd & { rows: number; bytes: number },
): Promise<boolean> {
  const at = clock.now();
  const finishedAt = end.state === "queued" ? null : at;
  const values = [end.rows, end.bytes, end.state, end.reason, end.expiresAt, finishedAt];
  const set = `rows = $5, bytes = $6, state = $7, reason = $8, expires_at = $9, finished_at = $10,
    worker = NULL, lease_until = NULL`;
  return change(db, job, { set, values, at });
}

type Change = { set: string; values: readonly unknown[]; at: Date };

async function change(db: LeaseCtx["db"], job: HeldJob, { set, values, at }: Change): Promise<boolean> {
  const kept = await db.sql(
    `WITH kept AS (
       UPDATE export_job SET ${set} WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'running' RETURNING id)
     SELECT pg_notify('console_live', $4) FROM kept`,
    [job.id, job.worker, job.attempt, exportNotice(job.ownerId, at), ...values],
  );
  return kept.length > 0;
}
