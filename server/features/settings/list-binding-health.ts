import { networkNames } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { isAllowed } from "../identity/rules.ts";
import { getStatus } from "../system/get-status.ts";
import type { BindingHealth, BindingsHealth } from "./schema.ts";

type BindingsCtx = Pick<Ctx, "actor" | "db" | "clock"> & { deps: Pick<Ctx["deps"], "self" | "grafana"> };

/** Every Kafka topic that is read: how much comes, what waits, and what could not be read. */
export async function listBindingHealth(ctx: BindingsCtx): Promise<BindingsHealth> {
  const at = ctx.clock.now();
  const bindings = ctx.deps.self.bindings.filter(
    ({ network }) => network === null || isAllowed(ctx.actor, "viewer", { network, environment: null }),
  );
  const topics = bindings.map(({ topic }) => topic);
  const [statuses, facts] = await Promise.all([
    Promise.all(networkNames.map((network) => getStatus(ctx, { network }))),
    loadFacts(ctx, topics, at),
  ]);
  const judged = new Map(statuses.flatMap(({ ingest }) => ingest.map((status) => [status.topic, status])));
  return {
    at: at.toISOString(),
    bindings: bindings.flatMap(({ binding, network, topic }): BindingHealth[] => {
      const status = judged.get(topic);
      if (!status) return [];
      const { recordsPerSecond, lagRecords, behindMs, state, reason, since } = status;
      const figures = { recordsPerSecond, lagRecords, behindMs, state, reason, since };
      return [{ binding, network, topic, ...figures, ...(facts.get(topic) ?? nothing) }];
    }),
  };
}

type Facts = Pick<BindingHealth, "partitions" | "storedAt" | "trend" | "deadLetters24h" | "lastDeadLetter">;

const nothing: Facts = {
  partitions: null,
  storedAt: null,
  trend: [],
  deadLetters24h: 0,
  lastDeadLetter: null,
};

type FactsRow = {
  topic: string;
  partitions: number | null;
  storedAt: Date | null;
  trend: (number | null)[];
  deadLetters: string;
  lastAt: Date | null;
  lastReason: string | null;
  lastRecord: string | null;
};

/** Of dead letters only the newest are looked through for the last one of each topic. */
const newestLetters = 5_000;

async function loadFacts(
  { db }: BindingsCtx,
  topics: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Facts>> {
  const rows = await db.sql<FactsRow>(
    `WITH asked AS (SELECT DISTINCT unnest($1::text[]) AS topic),
     letters AS (
       SELECT DISTINCT ON (topic) topic, at, reason, topic || '/' || partition || '@' || kafka_offset AS record
       FROM (SELECT * FROM dead_letter ORDER BY id DESC LIMIT ${newestLetters}) AS newest
       ORDER BY topic, id DESC)
     SELECT asked.topic, read.partitions, read.stored AS "storedAt", trend.rates AS trend,
            coalesce(day.letters, 0) AS "deadLetters", letters.at AS "lastAt", letters.reason AS "lastReason",
            letters.record AS "lastRecord"
     FROM asked
     LEFT JOIN letters USING (topic)
     CROSS JOIN LATERAL (
       SELECT nullif(count(*), 0)::int AS partitions, max(updated_at) AS stored
       FROM ingest_offset WHERE topic = asked.topic) AS read
     CROSS JOIN LATERAL (
       SELECT sum(dead_letters) AS letters FROM ingest_rate
       WHERE topic = asked.topic AND at >= $2::timestamptz - interval '24 hours' AND dead_letters > 0) AS day
     CROSS JOIN LATERAL (
       SELECT array_agg(half.rate ORDER BY step) AS rates FROM generate_series(0, 19) AS step
       LEFT JOIN LATERAL (
         SELECT (sum(records) / 30)::float8 AS rate FROM ingest_rate
         WHERE topic = asked.topic AND at >= $2::timestamptz - interval '10 minutes' + step * interval '30 s'
           AND at < $2::timestamptz - interval '10 minutes' + (step + 1) * interval '30 s') AS half ON true) AS trend`,
    [topics, at],
  );
  return new Map(rows.map((row) => [row.topic, toFacts(row)]));
}

function toFacts(row: FactsRow): Facts {
  return {
    partitions: row.partitions,
    storedAt: row.storedAt?.toISOString() ?? null,
    trend: row.trend,
    deadLetters24h: Number(row.deadLetters),
    lastDeadLetter:
      row.lastAt === null
        ? null
        : { at: row.lastAt.toISOString(), reason: row.lastReason ?? "", record: row.lastRecord ?? "" },
  };
}
