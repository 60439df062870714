import { quantileMs } from "../../kernel/latency.ts";
import type { Sql } from "../../ports/database.ts";
import type { Place } from "../deployments/schema.ts";
import type { Sample } from "./analysis-rules.ts";
import type { RolloutDetail } from "./schema.ts";

export type SampleSpan = Place & { version: string; from: Date; until: Date };
type Counts = { count: number; failed: number };
type BinCount = { bin: number; count: number };

/** What a version did in whole slots between two times. */
export async function readSample(
  sql: Sql,
  { agentId, environment, version, from, until }: SampleSpan,
): Promise<Sample> {
  const values = [agentId, environment, version, from, until];
  const where = "agent_id = $1 AND environment = $2 AND version = $3 AND at >= $4 AND at < $5";
  const counts = await sql<Counts>(
    `SELECT coalesce(sum(finished + failed), 0)::float8 AS count, coalesce(sum(failed), 0)::float8 AS failed
     FROM agent_slot WHERE ${where}`,
    values,
  );
  const bins = await sql<BinCount>(
    `SELECT bin, sum(count)::float8 AS count FROM agent_latency WHERE ${where} GROUP BY bin`,
    values,
  );
  const { count, failed } = counts[0] ?? { count: 0, failed: 0 };
  return { count, failed, p99Ms: p99Of(bins) };
}

/** Slots of 10 s, at most of a day. */
export async function listPoints(
  sql: Sql,
  { agentId, environment, version, from, until }: SampleSpan,
): Promise<RolloutDetail["stable"]> {
  const values = [agentId, environment, version, from, until];
  const where = "agent_id = $1 AND environment = $2 AND version = $3 AND at >= $4 AND at < $5";
  const [slots, bins] = await Promise.all([
    sql<Counts & { at: Date }>(
      `SELECT at, (finished + failed)::float8 AS count, failed::float8 AS failed FROM agent_slot WHERE ${where} ORDER BY at LIMIT 8640`,
      values,
    ),
    sql<BinCount & { at: Date }>(
      `SELECT at, bin, count::float8 AS count FROM agent_latency WHERE ${where}`,
      values,
    ),
  ]);
  const bySlot = Map.groupBy(bins, ({ at }) => at.getTime());
  return slots.map(({ at, count, failed }) => ({
    at: at.toISOString(),
    count,
    errorPercent: count === 0 ? null : (failed / count) * 100,
    p99Ms: p99Of(bySlot.get(at.getTime()) ?? []),
  }));
}

function p99Of(bins: readonly BinCount[]): number | null {
  return quantileMs(new Map(bins.map(({ bin, count }) => [bin, count])), 0.99);
}
