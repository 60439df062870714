import { setTimeout as pause } from "node:timers/promises";
import { msBetween } from "../../kernel/clock.ts";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Election } from "../../ports/election.ts";
import type { Logger } from "../../ports/logger.ts";
import { listDueNodes, readSources, type SourceCtx } from "./read-sources.ts";

export type LineageOptions = {
  ctx: SourceCtx;
  election: Election;
  log: Logger;
  /** While nothing is due. */
  restMs?: number;
};

const batch = 50;
/** Reading gets at most a fifth of one core. */
const pausePerTurn = 4;

type Fault = { current: { reason: string; since: Date } | null };

/** Keeps the edges of activity, usage and charges, for as long as this process is elected to. */
export function startLineage(options: LineageOptions): Running & { health(): Health } {
  const { ctx, restMs = 5_000 } = options;
  const fault: Fault = { current: null };
  const seat = options.election.whileElected({
    name: "lineage",
    work: (signal) =>
      repeat({ pauseMs: 0, signal, onError: (error) => blame(options, fault, error) }, async () => {
        const startedAt = ctx.clock.now();
        let waitMs = restMs;
        try {
          const due = await listDueNodes(ctx, batch);
          if (due.length > 0) {
            await readSources(ctx, due);
            waitMs = Math.max(200, pausePerTurn * msBetween(startedAt, ctx.clock.now()));
          }
          fault.current = null;
        } finally {
          await pause(waitMs, undefined, { signal }).catch(() => {});
        }
      }),
  });
  return {
    stop: () => seat.stop(),
    health: () =>
      fault.current === null
        ? { state: "ok", reason: null, since: null }
        : {
            state: "degraded",
            reason: `Edges from activity and charges are not made: ${fault.current.reason}`,
            since: fault.current.since,
          },
  };
}

/** The same fault again is not logged again. */
function blame({ log, ctx }: LineageOptions, fault: Fault, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (fault.current?.reason === reason) return;
  fault.current = { reason, since: fault.current?.since ?? ctx.clock.now() };
  log.warn({ err: error }, "lineage could not be read from activity and charges, trying again");
}
