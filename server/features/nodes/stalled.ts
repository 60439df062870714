import { msBetween } from "../../kernel/clock.ts";
import { inDuration } from "../../kernel/wording.ts";
import type { Database } from "../../ports/database.ts";
import type { Stalled } from "./schema.ts";

export type IngestWorker = {
  heardAt: Date;
  state: "ok" | "degraded" | "down";
  reason: string | null;
  since: Date | null;
};
/** Of all topics together: is anything waiting to be read, and how new is what was read last? */
export type IngestBacklog = { lagRecords: number; recordAt: Date | null };

const workerGoneMs = 10_000;
const behindMs = 20_000;

/**
 * Does the road stand still by which all nodes are heard? Then their silence says nothing about them.
 * Null = it moves.
 */
export function findStalled(
  workers: readonly IngestWorker[],
  backlog: IngestBacklog,
  at: Date,
): Stalled | null {
  const alive = workers.filter(({ heardAt }) => msBetween(heardAt, at) <= workerGoneMs);
  if (alive.length === 0) return noWorker(workers, at);
  const down = alive.filter(({ state }) => state === "down");
  if (down.length === alive.length) return stalledWorker(down);
  const ageMs = backlog.recordAt === null ? null : msBetween(backlog.recordAt, at);
  if (backlog.lagRecords === 0 || ageMs === null || ageMs <= behindMs) return null;
  return { since: backlog.recordAt?.toISOString() ?? null, reason: `ingest is ${inDuration(ageMs)} behind` };
}

export async function loadStalled(db: Pick<Database, "sql">, at: Date): Promise<Stalled | null> {
  const [workers, backlogs] = await Promise.all([
    db.sql<IngestWorker>(`SELECT heard_at AS "heardAt", state, reason, since FROM ingest_worker`),
    db.sql<IngestBacklog>(
      `SELECT coalesce(sum(greatest(high_watermark - next_offset, 0)), 0)::float8 AS "lagRecords",
              max(record_at) AS "recordAt"
       FROM ingest_offset`,
    ),
  ]);
  return findStalled(workers, backlogs[0] ?? { lagRecords: 0, recordAt: null }, at);
}

function noWorker(workers: readonly IngestWorker[], at: Date): Stalled {
  const last = workers.map(({ heardAt }) => heardAt).sort((a, b) => b.getTime() - a.getTime())[0];
  if (!last) return { since: null, reason: "no ingest worker has ever run" };
  return {
    since: last.toISOString(),
    reason: `no ingest worker runs, the last was heard of ${inDuration(msBetween(last, at))} ago`,
  };
}

function stalledWorker(down: readonly IngestWorker[]): Stalled {
  const since = down.flatMap((worker) => worker.since ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  const reason = down.find((worker) => worker.reason !== null)?.reason ?? "ingest is down";
  return { since: since?.toISOString() ?? null, reason: withoutStop(reason) };
}

/** It goes into the middle of a sentence. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.\s*$/, "");
}
