import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Sql } from "../../ports/database.ts";
import type { ProbeTarget } from "../../ports/node-probe.ts";
import type { ProbeRecord } from "./rules.ts";

export type ProbeSubject = { node: number; network: number; key: string; target: ProbeTarget };

type SubjectRow = { id: number; network: number; node_key: string; target: ProbeTarget };

const subjects = `
  SELECT id, network, node_key,
         jsonb_build_object('host', registered->'host', 'domain', registered->'domain',
                            'ssl', registered->'ssl', 'httpPort', registered->'httpPort') AS target
  FROM ddc_node WHERE registered IS NOT NULL AND removed_at IS NULL`;

/** Every node that the chain registers now: only their addresses are ever asked. */
export async function listSubjects(sql: Sql): Promise<ProbeSubject[]> {
  return (await sql<SubjectRow>(`${subjects} ORDER BY id`)).map(toSubject);
}

export async function findSubject(
  sql: Sql,
  { network, key }: { network: number; key: string },
): Promise<ProbeSubject | null> {
  const rows = await sql<SubjectRow>(`${subjects} AND network = $1 AND node_key = $2`, [network, key]);
  return rows.map(toSubject).at(0) ?? null;
}

function toSubject({ id, network, node_key, target }: SubjectRow): ProbeSubject {
  return { node: id, network, key: node_key, target };
}

/** History, hourly sums, newest state and notice in one statement. A repeated failure keeps the time of the first. */
const statement = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS g(node integer, at timestamptz, kind text, "askedBy" text,
      "latencyMs" float8, "httpStatus" smallint, reason text, detail text, version text, "clockSkewMs" float8)
  ), history AS (
    INSERT INTO node_probe (node, at, kind, asked_by, latency_ms, http_status, reason, detail, version, clock_skew_ms)
    SELECT node, at, kind, "askedBy", "latencyMs", "httpStatus", reason, detail, version, "clockSkewMs" FROM given
  ), hours AS (
    INSERT INTO node_probe_1h AS h (node, at, probes, answered, latency_ms_sum, latency_ms_max)
    SELECT node, date_trunc('hour', at, 'UTC'), count(*), count(*) FILTER (WHERE kind = 'answered'),
           coalesce(sum("latencyMs"), 0), max("latencyMs")
    FROM given GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (node, at) DO UPDATE
    SET probes = h.probes + excluded.probes, answered = h.answered + excluded.answered,
        latency_ms_sum = h.latency_ms_sum + excluded.latency_ms_sum,
        latency_ms_max = greatest(h.latency_ms_max, excluded.latency_ms_max)
  ), newest AS (
    INSERT INTO node_probe_state AS s
      (node, at, kind, latency_ms, http_status, reason, detail, version, clock_skew_ms, answered_at, missed, missed_since)
    SELECT DISTINCT ON (node) node, at, kind, "latencyMs", "httpStatus", reason, detail, version, "clockSkewMs",
           CASE WHEN kind = 'answered' THEN at END, (kind = 'failed')::integer, CASE WHEN kind = 'failed' THEN at END
    FROM given ORDER BY node, at DESC
    ON CONFLICT (node) DO UPDATE
    SET at = excluded.at, kind = excluded.kind, latency_ms = excluded.latency_ms, http_status = excluded.http_status,
        reason = excluded.reason, detail = excluded.detail, version = coalesce(excluded.version, s.version),
        clock_skew_ms = excluded.clock_skew_ms, answered_at = coalesce(excluded.answered_at, s.answered_at),
        missed = CASE WHEN excluded.kind = 'answered' THEN 0 ELSE s.missed + 1 END,
        missed_since = CASE WHEN excluded.kind = 'answered' THEN NULL ELSE coalesce(s.missed_since, excluded.at) END
    WHERE s.at IS NULL OR s.at <= excluded.at
  )
  SELECT pg_notify('${noticeChannel}', notice)::text FROM unnest($2::text[]) AS notice`;

/** Runs it through `run`, so that a caller may put it into a transaction of its own. */
export async function storeProbes(
  run: (text: string, values: readonly unknown[]) => Promise<unknown>,
  records: readonly ProbeRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await run(statement, [JSON.stringify(records), noticesOf(records)]);
}

function noticesOf(records: readonly ProbeRecord[]): string[] {
  const byNetwork = Map.groupBy(records, ({ network }) => network);
  return [...byNetwork].map(([network, own]) =>
    encodeNotice({
      topic: "nodes.probes",
      network,
      ids: [...new Set(own.map(({ node }) => String(node)))],
      at: Math.max(...own.map(({ at }) => at.getTime())),
    }),
  );
}
