import { setTimeout as pause } from "node:timers/promises";
import { type Clock, msBetween } from "../../kernel/clock.ts";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Database } from "../../ports/database.ts";
import type { Election } from "../../ports/election.ts";
import type { Logger } from "../../ports/logger.ts";
import { countNext } from "./count-next.ts";
import { refreshDays } from "./refresh-days.ts";
import { firstWindow, nextWindow, pauseAfter } from "./window-rules.ts";

export type InventoryOptions = {
  db: Database;
  election: Election;
  clock: Clock;
  log: Logger;
  /** How often the figures of the last day are summed anew. */
  daysMs?: number;
};

export type RunningInventory = Running & { health(): Health };

type Fault = { current: { reason: string; since: Date } | null };

/** Counts stored activity into pieces and buckets for as long as this process is elected to. */
export function startInventory(options: InventoryOptions): RunningInventory {
  const fault: Fault = { current: null };
  const seat = options.election.whileElected({
    name: "inventory",
    work: (signal) => keepInventory(options, fault, signal),
  });
  return {
    stop: () => seat.stop(),
    health: () =>
      fault.current === null
        ? { state: "ok", reason: null, since: null }
        : {
            state: "degraded",
            reason: `Buckets and pieces are not counted: ${fault.current.reason}`,
            since: fault.current.since,
          },
  };
}

async function keepInventory(options: InventoryOptions, fault: Fault, signal: AbortSignal): Promise<void> {
  const { clock, db, daysMs = 60_000 } = options;
  let width = firstWindow;
  const onError = (error: unknown) => blame(options, fault, error);
  await Promise.all([
    repeat({ pauseMs: 0, signal, onError }, async () => {
      const startedAt = clock.now();
      try {
        const turn = await countNext(db, { width, at: startedAt });
        width = nextWindow(width, turn.records);
        fault.current = null;
        await pause(pauseAfter(msBetween(startedAt, clock.now()), turn.isCaughtUp), undefined, { signal });
      } catch (error) {
        if (!signal.aborted) await pause(1_000, undefined, { signal }).catch(() => {});
        throw error;
      }
    }),
    repeat({ pauseMs: daysMs, signal, onError }, () => refreshDays(db, clock.now())),
  ]);
}

function blame({ log, clock }: InventoryOptions, fault: Fault, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (fault.current?.reason === reason) return;
  fault.current = { reason, since: fault.current?.since ?? clock.now() };
  log.warn({ err: error }, "inventory turn failed, trying again");
}
