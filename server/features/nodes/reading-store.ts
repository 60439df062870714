import { rangeEnd, type TimeRange } from "../../kernel/time-range.ts";
import type { Database } from "../../ports/database.ts";
import { drawnGauges, type Gauge, type GaugeWindow, type ReadingRow } from "./reading-series.ts";

type Db = Pick<Database, "sql">;

/** What a node reported in a range, in the order of time. */
export async function listReadings(db: Db, node: number, range: TimeRange): Promise<ReadingRow[]> {
  const rows = await db.sql<Record<string, number | null> & { at: Date }>(
    `SELECT at, ${columns} FROM reading_${range.grain}
     WHERE node = $1 AND at >= $2 AND at < $3 ORDER BY at`,
    [node, range.start, rangeEnd(range)],
    { isPrepared: true },
  );
  return rows.map((row) => ({ at: row.at, gauges: gaugesOf(row) }));
}

/** When a node reported, without what. */
export async function listReadingTimes(db: Db, node: number, range: TimeRange): Promise<{ at: Date }[]> {
  return db.sql<{ at: Date }>(
    `SELECT at FROM reading_${range.grain} WHERE node = $1 AND at >= $2 AND at < $3 ORDER BY at`,
    [node, range.start, rangeEnd(range)],
  );
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
