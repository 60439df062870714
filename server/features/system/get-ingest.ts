import type { Health } from "../../kernel/lifecycle.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { judgeTopic, judgeWorkers, type TopicFacts, type WorkerFacts } from "./rules.ts";
import type { IngestStatus, SystemStatusInput } from "./schema.ts";

export type IngestCtx = Pick<Ctx, "db" | "clock"> & { deps: Pick<Ctx["deps"], "self"> };

export type Ingest = { workers: Health; ingest: IngestStatus[] };

/** How the road is by which a network's records come in: as a whole, and topic by topic. */
export async function getIngest(ctx: IngestCtx, { network }: SystemStatusInput): Promise<Ingest> {
  const at = ctx.clock.now();
  const bindings = ctx.deps.self.bindings.filter((of) => of.network === network || of.network === null);
  const [workers, topics] = await Promise.all([
    loadWorkers(ctx, at),
    loadTopics(
      ctx,
      bindings.map(({ topic }) => topic),
      at,
    ),
  ]);
  const ingest = bindings.map(({ binding, topic }) =>
    judgeTopic({ ...nothingStored, ...topics.get(topic), binding, topic }, workers, at),
  );
  return { workers, ingest };
}

async function loadWorkers({ db }: IngestCtx, at: Date): Promise<Health> {
  const workers = await db.sql<WorkerFacts>(
    `SELECT state, reason, since, heard_at AS "heardAt" FROM ingest_worker ORDER BY heard_at DESC LIMIT 1000`,
  );
  return judgeWorkers(workers, at);
}

type StoredFacts = Omit<TopicFacts, "binding" | "topic">;
const nothingStored: StoredFacts = { records: 0, lagRecords: null, recordAt: null, storedAt: null };

async function loadTopics(
  { db }: IngestCtx,
  topics: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, StoredFacts>> {
  const rows = await db.sql<StoredFacts & { topic: string }>(
    `SELECT topic, sum(greatest(high_watermark - next_offset, 0))::float8 AS "lagRecords",
            max(record_at) AS "recordAt", max(updated_at) AS "storedAt",
            coalesce((SELECT sum(records) FROM ingest_rate AS rate WHERE rate.topic = offsets.topic
              AND rate.at >= date_trunc('second', $2::timestamptz) - interval '10 s'
              AND rate.at < date_trunc('second', $2::timestamptz)), 0)::float8 AS records
     FROM ingest_offset AS offsets WHERE topic = ANY($1) GROUP BY topic`,
    [topics, at],
  );
  return new Map(rows.map(({ topic, ...stored }) => [topic, stored]));
}
