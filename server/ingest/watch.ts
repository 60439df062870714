import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../kernel/clock.ts";
import type { Health, Running } from "../kernel/lifecycle.ts";
import type { Database } from "../ports/database.ts";
import type { EventLog } from "../ports/event-log.ts";
import type { Logger } from "../ports/logger.ts";
import type { Flusher } from "./flusher.ts";
import type { IngestWorker } from "./ingest-worker.ts";
import { openWorkerBeat } from "./worker-beat.ts";
import { stuckReason, workerHealth } from "./worker-health.ts";

export type WatchParts = {
  db: Database;
  eventLog: EventLog;
  worker: IngestWorker;
  flusher: Flusher;
  clock: Clock;
  log: Logger;
  /** Brings in what others changed: nodes, settings. */
  refresh(): Promise<void>;
  onStuck(reason: string): void;
};

const beatMs = 1_000;
const refreshBeats = 10;
const watermarkBeats = 5;

/** Once a second: writes how the worker is, and finds out whether it still moves. */
export function startWatch(parts: WatchParts): Running & { health(): Health } {
  const { worker, clock, db, log } = parts;
  const startedAt = clock.now();
  const stopping = new AbortController();
  const row = openWorkerBeat(db, clock);
  const health = () =>
    workerHealth({ log: worker.logState(clock.now()), database: worker.databaseTrouble(), startedAt });
  let isAsking = false;
  // A log that is not there takes its time to say so.
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    await Promise.allSettled([updateWatermarks(parts), tellStuck(parts)]);
    isAsking = false;
  };
  const beat = async (count: number) => {
    await row.beat({ health: health(), partitions: worker.partitions() });
    if (count % refreshBeats === 0) await parts.refresh();
    if (count % watermarkBeats === 0) void ask();
  };
  const run = async () => {
    for (let count = 1; !stopping.signal.aborted; count++) {
      await beat(count).catch((error) => log.debug({ err: error }, "A beat of ingest failed"));
      await pause(beatMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    health,
    stop: async () => {
      stopping.abort();
      await running;
      await row.end().catch(() => {});
    },
  };
}

/** Lag must be true also while nothing is flushed. */
async function updateWatermarks({ worker, eventLog, db }: WatchParts): Promise<void> {
  const byTopic = Map.groupBy(worker.partitions(), ({ topic }) => topic);
  for (const [topic, partitions] of byTopic) {
    const own = new Set(partitions.map(({ partition }) => partition));
    const bounds = (await eventLog.bounds(topic)).filter(({ partition }) => own.has(partition));
    await db.sql(
      `UPDATE ingest_offset SET high_watermark = new.next
       FROM unnest($2::integer[], $3::bigint[]) AS new (partition, next)
       WHERE topic = $1 AND ingest_offset.partition = new.partition AND high_watermark < new.next
         -- What a flush holds, it sets itself.
         AND id IN (SELECT id FROM ingest_offset WHERE topic = $1 FOR NO KEY UPDATE SKIP LOCKED)`,
      [topic, bounds.map(({ partition }) => partition), bounds.map(({ next }) => next)],
    );
  }
}

async function tellStuck({ worker, flusher, eventLog, clock, log, onStuck }: WatchParts): Promise<void> {
  const at = clock.now();
  const state = worker.logState(at);
  const [first] = worker.partitions();
  const logAnswers =
    state.kind === "unreachable" && first !== undefined
      ? await eventLog.bounds(first.topic).then(
          () => true,
          () => false,
        )
      : true;
  const reason = stuckReason({ log: state, logAnswers, flushStartedAt: flusher.startedAt, at });
  if (reason === null) return;
  log.error({ reason }, "Ingest is stuck");
  onStuck(reason);
}
