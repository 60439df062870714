import { randomUUID } from "node:crypto";
import type { Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import { takeJob } from "./job-lease.ts";
import { type JobCtx, runJob } from "./run-job.ts";
import { sweepExports } from "./sweep-exports.ts";

/** Files that one process writes at once. */
const slots = 2;
const askEveryMs = 500;
const sweepEveryMs = 60_000;

/** Takes jobs as they come. `stop` puts the running ones back into the queue, for whoever is there next. */
export function startExportWorker(ctx: JobCtx): Running {
  const stopping = new AbortController();
  const { signal } = stopping;
  const worker = randomUUID();
  const onError = (error: unknown) => ctx.log.warn({ err: error }, "exports could not be looked after");
  const work = async () => {
    const job = await takeJob(ctx, worker);
    if (job) await runJob(ctx, job, signal);
  };
  const loops = [
    ...Array.from({ length: slots }, () => repeat({ pauseMs: askEveryMs, signal, onError }, work)),
    repeat({ pauseMs: sweepEveryMs, signal, onError }, () => sweepExports(ctx)),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
