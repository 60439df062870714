import { cellsAsText, cellsFromText } from "../../kernel/packed-cells.ts";
import type { Database } from "../../ports/database.ts";
import { addCells, emptyHistogram, type LatencyMs, latencyOf } from "./dense-histogram.ts";

type Db = Pick<Database, "sql">;
type NodeAt = { network: number; id: number; at: Date };

const hourMs = 3_600_000;

export type ProbeCounts = { asked: number; missed: number; askedHour: number; missedHour: number };

/** Probes of the last 24 h (by full hours) and of the last hour; null = none. */
export async function countProbes(db: Db, { id, at }: NodeAt): Promise<ProbeCounts | null> {
  const rows = await db.sql<ProbeCounts>(
    `SELECT coalesce(sum(probes), 0)::int AS asked, coalesce(sum(probes - answered), 0)::int AS missed,
            (SELECT count(*) FROM node_probe WHERE node = $1 AND at > $3 AND at <= $4)::int AS "askedHour",
            (SELECT count(*) FROM node_probe WHERE node = $1 AND at > $3 AND at <= $4 AND kind = 'failed')::int AS "missedHour"
     FROM node_probe_1h WHERE node = $1 AND node_probe_1h.at > $2 AND node_probe_1h.at <= $4`,
    [id, new Date(at.getTime() - 24 * hourMs), new Date(at.getTime() - hourMs), at],
  );
  const counts = rows[0];
  return counts && counts.asked + counts.askedHour > 0 ? counts : null;
}

/** Windows of a grain in which the node reported or had activity, ascending. */
export async function listHeardWindows(
  db: Db,
  { network, id }: Omit<NodeAt, "at">,
  { from, to, grain }: { from: Date; to: Date; grain: "1m" | "1h" },
): Promise<Date[]> {
  // In one row: a day is 1,440 windows, and a row each would cost more than finding them.
  const rows = await db.sql<{ seconds: string | null }>(
    `SELECT string_agg(extract(epoch FROM at)::bigint::text, ',' ORDER BY at) AS seconds FROM (
       SELECT at FROM reading_${grain} WHERE node = $1 AND at >= $3 AND at <= $4
       UNION
       SELECT at FROM rollup_${grain} WHERE scope = 3 AND network = $2 AND subject = $1 AND at >= $3 AND at <= $4
     ) AS heard`,
    [id, network, from, to],
    { isPrepared: true },
  );
  const seconds = rows[0]?.seconds ?? "";
  return seconds === "" ? [] : seconds.split(",").map((second) => new Date(Number(second) * 1_000));
}

export type HourReadings = {
  /** 99th percentile of the minutes' mean read latency in the last hour. */
  diskReadMsP99: number | null;
  diskReadings: number;
  /** Highest traffic, in or out, of the last 24 h. */
  mostBps: number | null;
};

export async function readHour(db: Db, { id, at }: NodeAt): Promise<HourReadings> {
  const [disk, traffic] = await Promise.all([
    db.sql<Pick<HourReadings, "diskReadMsP99" | "diskReadings">>(
      `SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY disk_read_ms_sum / disk_read_ms_n) AS "diskReadMsP99",
              count(*)::int AS "diskReadings"
       FROM reading_1m WHERE node = $1 AND at >= $2 AND at <= $3 AND disk_read_ms_n > 0`,
      [id, new Date(at.getTime() - hourMs), at],
    ),
    db.sql<Pick<HourReadings, "mostBps">>(
      `SELECT greatest(max(net_in_bps_max), max(net_out_bps_max)) AS "mostBps"
       FROM reading_1h WHERE node = $1 AND at >= $2 AND at <= $3`,
      [id, new Date(at.getTime() - 24 * hourMs), at],
    ),
  ]);
  return {
    diskReadMsP99: disk[0]?.diskReadMsP99 ?? null,
    diskReadings: disk[0]?.diskReadings ?? 0,
    mostBps: traffic[0]?.mostBps ?? null,
  };
}

/** Percentiles over the last 15 min. */
export async function readLatency(db: Db, { network, id, at }: NodeAt): Promise<LatencyMs> {
  const rows = await db.sql<{ cells: string }>(
    `SELECT ${cellsAsText} AS cells FROM rollup_1m
     WHERE scope = 3 AND network = $1 AND subject = $2 AND at > $3 AND at <= $4`,
    [network, id, new Date(at.getTime() - 900_000), at],
    { isPrepared: true },
  );
  const histogram = emptyHistogram();
  for (const { cells } of rows) addCells(histogram, cellsFromText(cells));
  return latencyOf(histogram);
}

/** What nodes and clusters show the chain as of. */
export async function findProjection(db: Db, network: number): Promise<{ height: number; at: Date } | null> {
  const rows = await db.sql<{ height: number; at: Date }>(
    `SELECT projected_height AS height, projected_at AS at FROM registry_source
     WHERE network = $1 AND family = 'ddc' AND projected_height IS NOT NULL AND projected_at IS NOT NULL`,
    [network],
  );
  return rows[0] ?? null;
}
