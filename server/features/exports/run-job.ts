import { setTimeout as pause } from "node:timers/promises";
import { conflict, forbidden, isAppError, notFound } from "../../kernel/errors.ts";
import type { Artefacts } from "../../ports/artefacts.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { findPersonActor } from "../identity/find-person-actor.ts";
import { fileText } from "./file-text.ts";
import { artefactOf } from "./find-export-file.ts";
import { endJob, type HeldJob, type JobEnd, keepJob, leaseMs } from "./job-lease.ts";
import { keptHours, maxAttempts } from "./rules.ts";
import { exportFormatSchema } from "./schema.ts";
import type { ExportSource } from "./source.ts";

export type JobCtx = Pick<Ctx, "db" | "deps" | "clock" | "log"> & {
  artefacts: Artefacts;
  findSource(name: string): ExportSource | null;
  /** All finished files together; one of them may take a quarter of it. */
  maxBytes: number;
};

/** How often progress is told and a cancelled job notices. */
const beatMs = 500;

/** Writes the file of a job that was just taken. `stop`: the process ends, so the job goes back to the queue. */
export async function runJob(ctx: JobCtx, job: HeldJob, stop: AbortSignal): Promise<void> {
  const written = { rows: 0, bytes: 0 };
  const lost = new AbortController();
  const over = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const beating = keepAlive(ctx, job, { written, lost, until: AbortSignal.any([signal, over.signal]) });
  let end: JobEnd;
  try {
    const bytes = await writeFile(ctx, job, { written, signal });
    written.bytes = bytes;
    end = { state: "done", reason: null, expiresAt: hoursAfter(ctx.clock.now(), keptHours) };
  } catch (error) {
    if (!signal.aborted) ctx.log.warn({ err: error, job: job.id, source: job.source }, "export failed");
    end = stop.aborted ? again : endOf(error, job);
  }
  over.abort();
  await beating;
  const isOurs = !lost.signal.aborted && (await endJob(ctx, job, { ...end, ...written }));
  if (!isOurs || end.state !== "done") await ctx.artefacts.remove(artefactOf(job));
}

const again: JobEnd = { state: "queued", reason: null, expiresAt: null };

/** What failed because something behind us was away is begun again; what the person has to know is said as it is. */
function endOf(error: unknown, { id, attempt }: HeldJob): JobEnd {
  const isPassing = isAppError(error) && (error.code === "upstream" || error.code === "timeout");
  if (isPassing && attempt < maxAttempts) return again;
  const reason = isAppError(error)
    ? error.message
    : `Something failed on our side. The log has it under ${id}.`;
  return { state: "failed", reason, expiresAt: null };
}

type Writing = { written: { rows: number; bytes: number }; signal: AbortSignal };

async function writeFile(ctx: JobCtx, job: HeldJob, { written, signal }: Writing): Promise<number> {
  if (job.attempt > maxAttempts)
    throw conflict(
      `The server went away ${maxAttempts} times while it wrote this file. Export less at once.`,
    );
  const source = ctx.findSource(job.source);
  if (!source) throw notFound("export", job.source);
  const actor = await findPersonActor(ctx, { id: job.ownerId, sessionId: `export:${job.id}` });
  if (!actor) throw forbidden(source.role);
  await requireSpace(ctx);
  const { db, deps, clock, log } = ctx;
  const asOwner = { actor, db, deps, clock, log, requestId: job.requestId, address: null };
  const opened = await source.open(asOwner, job.query);
  const text = fileText(opened, {
    format: exportFormatSchema.parse(job.format),
    at: clock.now(),
    maxRows: source.maxRows,
    signal,
    onRows: (rows) => {
      written.rows = rows;
    },
  });
  return ctx.artefacts.write(artefactOf(job), text, {
    signal,
    isCompressed: job.isCompressed,
    maxBytes: Math.floor(ctx.maxBytes / 4),
    onBytes: (bytes) => {
      written.bytes = bytes;
    },
  });
}

async function requireSpace({ db, maxBytes }: JobCtx): Promise<void> {
  const [kept] = await db.sql<{ bytes: string }>(
    "SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM export_job WHERE state = 'done'",
  );
  if (BigInt(kept?.bytes ?? 0) >= BigInt(maxBytes))
    throw conflict(
      "The space for exports is used up. Remove files that are not needed, or try again tomorrow.",
    );
}

type Beat = { written: { rows: number; bytes: number }; lost: AbortController; until: AbortSignal };

/** A worker that cannot reach the database stops before anybody else may take its job. */
async function keepAlive(ctx: JobCtx, job: HeldJob, { written, lost, until }: Beat): Promise<void> {
  let keptAt = performance.now();
  while (!until.aborted) {
    await pause(beatMs, undefined, { signal: until }).catch(() => {});
    if (until.aborted) return;
    try {
      if (!(await keepJob(ctx, job, written))) lost.abort();
      keptAt = performance.now();
    } catch (error) {
      ctx.log.warn({ err: error, job: job.id }, "an export could not tell how far it is");
      if (performance.now() - keptAt > leaseMs - 2 * beatMs) lost.abort();
    }
  }
}

function hoursAfter(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * 3_600_000);
}
