import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Clock } from "../kernel/clock.ts";
import type { Health } from "../kernel/lifecycle.ts";
import type { Database } from "../ports/database.ts";
import type { Partition } from "../ports/event-log.ts";

export type Beat = { health: Health; partitions: readonly Partition[] };
export type WorkerBeat = { beat(now: Beat): Promise<void>; end(): Promise<void> };

/** The worker's row in `ingest_worker`, by which other processes see how it is. */
export function openWorkerBeat({ sql }: Pick<Database, "sql">, clock: Clock): WorkerBeat {
  const id = randomUUID();
  const startedAt = clock.now();
  return {
    beat: async ({ health, partitions }) => {
      await sql(
        `INSERT INTO ingest_worker (id, host, process, started_at, heard_at, state, reason, since, partitions)
         VALUES ($1, $2, $3, $4, now(), $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET heard_at = now(), state = excluded.state, reason = excluded.reason,
           since = excluded.since, partitions = excluded.partitions`,
        [
          id,
          hostname(),
          process.pid,
          startedAt,
          health.state,
          health.reason,
          health.since,
          JSON.stringify(numbersByTopic(partitions)),
        ],
        { timeoutMs: 2_000 },
      );
    },
    end: async () => {
      await sql("DELETE FROM ingest_worker WHERE id = $1", [id], { timeoutMs: 2_000 });
    },
  };
}

function numbersByTopic(partitions: readonly Partition[]): Record<string, number[]> {
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic);
  return Object.fromEntries([...byTopic].map(([topic, of]) => [topic, of.map(({ partition }) => partition)]));
}
