import { type Operation, operations } from "../../kernel/cells.ts";
import { cellsAsText, cellsFromText, eachPackedCell } from "../../kernel/packed-cells.ts";
import type { Database } from "../../ports/database.ts";
import { addCells, emptyHistogram, type LatencyMs, latencyOf } from "../nodes/dense-histogram.ts";
import { minuteOf } from "../nodes/recent-minutes.ts";
import { rounded } from "../nodes/rounded.ts";

/** What all nodes of a network together did: the same windows as a node's row. */
export type NetworkActivity = {
  /** Mean of 10 s that ended 2 s ago; null = no record. */
  perSecond: number | null;
  byType: { operation: Operation; perSecond: number }[];
  latency: LatencyMs;
  /** Of the last 15 min. */
  failureRatio: number | null;
  /** 60 full minutes. */
  spark: string;
  p99Spark: string;
};

const rateSeconds = 10;
const settleMs = 2_000;
const youngMs = 30_000;
const sparkMinutes = 60;
const failureMinutes = 15;

export async function loadNetworkActivity(
  db: Pick<Database, "sql">,
  network: number,
  at: Date,
): Promise<NetworkActivity> {
  const to = new Date(Math.floor((at.getTime() - settleMs) / 1_000) * 1_000);
  const last = minuteOf(at);
  const [seconds, minutes] = await Promise.all([
    db.sql<{ cells: string }>(
      `SELECT ${cellsAsText} AS cells FROM rollup_1s
       WHERE scope = 1 AND network = $1 AND subject = 0 AND at >= $2 AND at < $3`,
      [network, new Date(to.getTime() - rateSeconds * 1_000), to],
    ),
    db.sql<MinuteRow>(
      `SELECT (extract(epoch FROM at) / 60)::int AS minute, requests::float8 AS requests,
              failures::float8 AS failures, ${cellsAsText} AS cells
       FROM rollup_1m WHERE scope = 1 AND network = $1 AND subject = 0 AND at >= $2 AND at <= $3`,
      [network, new Date((last - sparkMinutes) * 60_000), at],
    ),
  ]);
  const byMinute = new Map(minutes.map((row) => [row.minute, row]));
  const full = Array.from({ length: sparkMinutes }, (_, index) => byMinute.get(last - sparkMinutes + index));
  const young = minuteOf(new Date(at.getTime() - youngMs));
  return {
    ...ratesOf(seconds),
    latency: latencyOfRows(minutes.filter(({ minute }) => minute >= young)),
    failureRatio: failureRatioOf(minutes.filter(({ minute }) => minute > last - failureMinutes)),
    spark: sparkOf(full, (row) => row.requests / 60),
    p99Spark: sparkOf(full, (row) => latencyOfRows([row]).p99Ms),
  };
}

type MinuteRow = { minute: number; requests: number; failures: number; cells: string };

function ratesOf(rows: readonly { cells: string }[]): Pick<NetworkActivity, "perSecond" | "byType"> {
  if (rows.length === 0) return { perSecond: null, byType: [] };
  const counts = new Array<number>(operations.length).fill(0);
  for (const { cells } of rows)
    eachPackedCell(cellsFromText(cells), (key, count) => {
      counts[key >> 13] = (counts[key >> 13] ?? 0) + count;
    });
  const byType = operations.map((operation, index) => ({
    operation,
    perSecond: (counts[index] ?? 0) / rateSeconds,
  }));
  return { perSecond: rounded(byType.reduce((sum, { perSecond }) => sum + perSecond, 0)), byType };
}

function failureRatioOf(rows: readonly MinuteRow[]): number | null {
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  return requests === 0 ? null : rounded(rows.reduce((sum, row) => sum + row.failures, 0) / requests);
}

function latencyOfRows(rows: readonly { cells: string }[]): LatencyMs {
  const histogram = emptyHistogram();
  for (const { cells } of rows) addCells(histogram, cellsFromText(cells));
  const { p50Ms, p95Ms, p99Ms } = latencyOf(histogram);
  return { p50Ms: rounded(p50Ms), p95Ms: rounded(p95Ms), p99Ms: rounded(p99Ms) };
}

function sparkOf(
  rows: readonly (MinuteRow | undefined)[],
  figureOf: (row: MinuteRow) => number | null,
): string {
  return rows.map((row) => (row ? (rounded(figureOf(row)) ?? "") : "")).join(",");
}
