import { type Grain, grainMs, rangeEnd, type TimeRange } from "../../kernel/time-range.ts";
import type { Database } from "../../ports/database.ts";
import type { RollupRow } from "./activity-series.ts";
import { drawnGauges, type Gauge, type GaugeWindow, type ReadingRow } from "./reading-series.ts";

type Db = Pick<Database, "sql">;

/** rollup scopes of the base migration. */
export const scopes = { network: 1, cluster: 2, node: 3, bucket: 4 } as const;
export type Subject = { scope: keyof typeof scopes; network: number; id: number };

/** Rollups of one subject in a range, in the order of time. */
export async function listRollups(db: Db, subject: Subject, range: TimeRange): Promise<RollupRow[]> {
  return db.sql<RollupRow>(
    `SELECT at, cells::text AS cells FROM ${tableOf("rollup", range.grain)}
     WHERE scope = $1 AND network = $2 AND subject = $3 AND at >= $4 AND at < $5 ORDER BY at`,
    [scopes[subject.scope], subject.network, subject.id, range.start, rangeEnd(range)],
  );
}

/** When a node had activity, without what it was. */
export async function listReadings(db: Db, node: number, range: TimeRange): Promise<ReadingRow[]> {
  const rows = await db.sql<Record<string, number | null> & { at: Date }>(
    `SELECT at, ${columns} FROM ${tableOf("reading", range.grain)}
     WHERE node = $1 AND at >= $2 AND at < $3 ORDER BY at`,
    [node, range.start, rangeEnd(range)],
  );
  return rows.map((row) => ({ at: row.at, gauges: gaugesOf(row) }));
}

/** When a node reported, without what. */
export async function listReadingTimes(db: Db, node: number, range: TimeRange): Promise<{ at: Date }[]> {
  return db.sql<{ at: Date }>(
    `SELECT at FROM ${tableOf("reading", range.grain)} WHERE node = $1 AND at >= $2 AND at < $3 ORDER BY at`,
    [node, range.start, rangeEnd(range)],
  );
}

/** Table of a grain; both parts are closed sets, so this never carries what somebody typed. */
export function tableOf(kind: "rollup" | "reading", grain: Grain): string {
  if (!(grain in grainMs)) throw new RangeError(`Unknown grain ${grain}.`);
  return `${kind}_${grain}`;
}

const columns = drawnGauges.flatMap((gauge) => [`${gauge}_sum`, `${gauge}_n`, `${gauge}_max`]).join(", ");

function gaugesOf(row: Record<string, number | null | Date>): Record<Gauge, GaugeWindow> {
  const number = (value: number | null | Date | undefined) => (typeof value === "number" ? value : null);
  const window = (gauge: Gauge): GaugeWindow => ({
    sum: number(row[`${gauge}_sum`]),
    n: number(row[`${gauge}_n`]),
    max: number(row[`${gauge}_max`]),
  });
  return {
    cpu: window("cpu"),
    memory: window("memory"),
    disk: window("disk"),
    disk_read_ms: window("disk_read_ms"),
    net_in_bps: window("net_in_bps"),
    net_out_bps: window("net_out_bps"),
    link_bps: window("link_bps"),
    stored_bytes: window("stored_bytes"),
    disk_total_bytes: window("disk_total_bytes"),
    clock_skew_ms: window("clock_skew_ms"),
  };
}
