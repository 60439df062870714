import type { Health } from "../../kernel/lifecycle.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { deadReason } from "../alerts/rules.ts";
import { listSources } from "../registry/list-sources.ts";
import type { RegistrySource } from "../registry/schema.ts";
import { judgeTopic, judgeWorkers, listDegraded, type TopicFacts, type WorkerFacts } from "./rules.ts";
import type { IndexerStatus, SystemStatus, SystemStatusInput } from "./schema.ts";

type StatusCtx = Pick<Ctx, "db" | "clock"> & { deps: Pick<Ctx["deps"], "self"> };

/** How everything is that feeds a network's pages. The roles are processes apart: what they know stands in the database. */
export async function getStatus(ctx: StatusCtx, { network }: SystemStatusInput): Promise<SystemStatus> {
  const { self } = ctx.deps;
  const at = ctx.clock.now();
  const bindings = self.bindings.filter((of) => of.network === network || of.network === null);
  const [workers, topics, sources, roundAt] = await Promise.all([
    loadWorkers(ctx, at),
    loadTopics(
      ctx,
      bindings.map(({ topic }) => topic),
      at,
    ),
    listSources(ctx, { network }),
    findAlertRound(ctx, network),
  ]);
  const ingest = bindings.map(({ binding, topic }) =>
    judgeTopic({ ...nothingStored, ...topics.get(topic), binding, topic }, workers, at),
  );
  const indexer = sources.map(toIndexerStatus);
  return {
    version: self.version,
    commit: self.commit,
    at: at.toISOString(),
    indexer,
    ingest,
    degraded: [...listDegraded({ workers, ingest, indexer, self: self.health() }), ...ofAlerts(roundAt, at)],
  };
}

/** When the rules of the network were last evaluated; null = they never were, as on a console that has just begun. */
async function findAlertRound({ db }: StatusCtx, network: NetworkName): Promise<Date | null> {
  const rows = await db.sql<{ at: Date }>("SELECT at FROM alert_round WHERE network = $1", [
    networkByName(network).id,
  ]);
  return rows[0]?.at ?? null;
}

/** The dead-man's switch of the alert path: silence of the rules is itself told. */
function ofAlerts(roundAt: Date | null, at: Date): SystemStatus["degraded"] {
  const reason = roundAt === null ? null : deadReason(roundAt, at);
  return reason === null
    ? []
    : [{ part: "alerts", reason, since: roundAt?.toISOString() ?? null, panels: [] }];
}

async function loadWorkers({ db }: StatusCtx, at: Date): Promise<Health> {
  const workers = await db.sql<WorkerFacts>(
    `SELECT state, reason, since, heard_at AS "heardAt" FROM ingest_worker ORDER BY heard_at DESC LIMIT 1000`,
  );
  return judgeWorkers(workers, at);
}

type StoredFacts = Omit<TopicFacts, "binding" | "topic">;
const nothingStored: StoredFacts = { records: 0, lagRecords: null, recordAt: null, storedAt: null };

async function loadTopics(
  { db }: StatusCtx,
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

function toIndexerStatus(source: RegistrySource): IndexerStatus {
  const { family, height, lagBlocks, lagMs, state, reason, since } = source;
  return { family, height, lagBlocks, lagMs, state, reason, since };
}
