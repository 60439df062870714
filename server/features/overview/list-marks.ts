import type { TimeRange } from "../../kernel/time-range.ts";
import { inCount } from "../../kernel/wording.ts";
import type { Database } from "../../ports/database.ts";
import { nodeName } from "../nodes/build-row.ts";
import { readReported } from "../nodes/reported.ts";
import { defaultNodeLimits } from "../nodes/rules.ts";
import type { OverviewSeries } from "./schema.ts";

type Mark = OverviewSeries["marks"][number];
type Query = { network: number; range: TimeRange; at: Date };

const mostMarks = 20;

/** Flags for the charts of a network: at most twenty of the newest, oldest first. */
export async function listMarks(db: Pick<Database, "sql">, query: Query): Promise<Mark[]> {
  const [versions, silences] = await Promise.all([listVersions(db, query), listSilences(db, query)]);
  return [...versions, ...silences].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-mostMarks);
}

/** One mark a version, where the first of its nodes took it. */
async function listVersions(db: Pick<Database, "sql">, { network, range }: Query): Promise<Mark[]> {
  const rows = await db.sql<{ at: Date; version: string; nodes: number }>(
    `SELECT min(c.at) AS at, c.after AS version, count(DISTINCT c.node)::int AS nodes
     FROM node_change c JOIN ddc_node n ON n.id = c.node
     WHERE n.network = $1 AND c.field = 'service.version' AND c.after IS NOT NULL
       AND c.at >= $2 AND c.at <= $3
     GROUP BY c.after ORDER BY 1 DESC LIMIT ${mostMarks}`,
    [network, range.from, range.to],
  );
  return rows.map(({ at, version, nodes }) => ({
    at: at.toISOString(),
    severity: "info",
    text: `${version} installed on ${inCount(nodes, "node")}`,
  }));
}

type SilentRow = {
  at: Date;
  key: string;
  host: string | null;
  domain: string | null;
  reported: Record<string, unknown> | null;
};

/** None while no node at all is heard: then the road stands still, not they. */
async function listSilences(db: Pick<Database, "sql">, { network, range, at }: Query): Promise<Mark[]> {
  const latest = new Date(Math.min(at.getTime() - defaultNodeLimits.silenceMs, range.to.getTime()));
  const rows = await db.sql<SilentRow>(
    `SELECT greatest(reported_at, active_at) AS at, node_key AS key, registered->>'host' AS host,
            registered->>'domain' AS domain, reported
     FROM ddc_node WHERE network = $1 AND removed_at IS NULL
       AND greatest(reported_at, active_at) >= $2 AND greatest(reported_at, active_at) < $3
       AND EXISTS (SELECT FROM ddc_node WHERE network = $1 AND greatest(reported_at, active_at) >= $3)
     ORDER BY 1 DESC LIMIT ${mostMarks}`,
    [network, range.from, latest],
  );
  return rows.map((row) => ({
    at: row.at.toISOString(),
    severity: "warn",
    text: `${nodeName(row, readReported(row.reported))} silent`,
  }));
}
