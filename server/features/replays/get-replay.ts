import type { Ctx } from "../../ports/ctx.ts";
import type { Sql } from "../../ports/database.ts";
import { getReplayRow, toReplay } from "./replay-rows.ts";
import type { ReplayDetail, ReplayRef, SideSummary } from "./schema.ts";

/** One replay with all that its page draws but the events themselves: at most 10,000 rows are summed up. */
export async function getReplay({ db }: Pick<Ctx, "db">, input: ReplayRef): Promise<ReplayDetail> {
  const replay = toReplay(await getReplayRow(db.sql, input));
  const [stable, candidate, times, paths, newErrors, span] = await Promise.all([
    summarise(db.sql, { id: input.id, side: "stable" }),
    summarise(db.sql, { id: input.id, side: "candidate" }),
    listTimes(db.sql, input.id),
    listPaths(db.sql, input.id),
    listNewErrors(db.sql, input.id),
    findSpan(db.sql, input.id),
  ]);
  return { replay, stable, candidate, times, paths, newErrors, ...span };
}

async function summarise(
  sql: Sql,
  { id, side }: { id: string; side: "stable" | "candidate" },
): Promise<SideSummary> {
  const count = (outcome: string) => `count(*) FILTER (WHERE ${side} ->> 'outcome' = '${outcome}')::int`;
  const quantile = (q: number) => `percentile_cont(${q}) WITHIN GROUP (ORDER BY ${side}_ms)`;
  const sum = (field: string) => `coalesce(sum((${side} ->> '${field}')::int), 0)::int`;
  const rows = await sql<SideSummary>(
    `SELECT ${count("finished")} AS finished, ${count("failed")} AS failed, ${count("unhandled")} AS unhandled,
       count(*) FILTER (WHERE ${side} ->> 'outcome' = 'finished' AND ${side} ->> 'cid' IS NULL)::int AS empty,
       ${quantile(0.5)} AS "p50Ms", ${quantile(0.95)} AS "p95Ms", ${quantile(0.99)} AS "p99Ms",
       max(${side}_ms) AS "maxMs", ${sum("fetches")} AS fetches, ${sum("lines")} AS lines
     FROM replay_event WHERE replay = $1::bigint`,
    [id],
  );
  if (!rows[0]) throw new Error("A sum has one row.");
  return rows[0];
}

/** Each event against itself, in steps of 5 % up to twice and down to nothing. */
function listTimes(sql: Sql, id: string): Promise<ReplayDetail["times"]> {
  return sql(
    `SELECT percent, count(*)::int AS events FROM (
       SELECT (5 * round(least(100, greatest(-100, 100 * (candidate_ms - stable_ms) / stable_ms)) / 5))::int AS percent
       FROM replay_event WHERE replay = $1::bigint AND stable_ms > 0 AND candidate_ms IS NOT NULL) AS each
     GROUP BY percent ORDER BY percent`,
    [id],
  );
}

function listPaths(sql: Sql, id: string): Promise<ReplayDetail["paths"]> {
  return sql(
    `SELECT place ->> 'path' AS path, place ->> 'kind' AS kind, count(*)::int AS events
     FROM replay_event, jsonb_array_elements(paths) AS place WHERE replay = $1::bigint
     GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 50`,
    [id],
  );
}

function listNewErrors(sql: Sql, id: string): Promise<ReplayDetail["newErrors"]> {
  return sql(
    `SELECT candidate ->> 'error' AS error, count(*)::int AS events
     FROM replay_event WHERE replay = $1::bigint AND rank = 0
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`,
    [id],
  );
}

async function findSpan(sql: Sql, id: string): Promise<Pick<ReplayDetail, "firstAt" | "lastAt">> {
  const [row] = await sql<{ first: Date | null; last: Date | null }>(
    "SELECT min(at) AS first, max(at) AS last FROM replay_event WHERE replay = $1::bigint",
    [id],
  );
  return { firstAt: row?.first?.toISOString() ?? null, lastAt: row?.last?.toISOString() ?? null };
}
