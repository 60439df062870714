import type { NetworkName } from "../../kernel/networks.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Database } from "../../ports/database.ts";
import { scopes } from "../nodes/list-rollups.ts";
import { anEmptyHistory, type History, type Point, replaceTail } from "./history.ts";
import { type Metric, type MetricId, metricOf } from "./metric-rules.ts";

/** Histories by `ddc_node.id` and metric. */
export type Histories = Map<number, Map<MetricId, History>>;

export type HistoryRange = {
  network: NetworkName;
  nodeIds: readonly number[];
  metrics: readonly MetricId[];
  from: Date;
  to: Date;
  /** A whole number of minutes. */
  stepMs: number;
};

type Row = { node: number; at: number } & Record<string, number | null>;

/** Reads a range of the minutes that ingest keeps, and puts it at the end of what `histories` hold. */
export async function loadHistories(
  db: Pick<Database, "sql">,
  range: HistoryRange,
  histories: Histories = new Map(),
): Promise<Histories> {
  const metrics = range.metrics.map((id) => ({ ...metricOf(id), id }));
  const counts = metrics.filter(({ kind }) => kind === "count");
  const gauges = metrics.filter(({ kind }) => kind === "gauge");
  const [counted, gauged] = await Promise.all([
    counts.length === 0 ? [] : readCounts(db, range, counts),
    gauges.length === 0 ? [] : readGauges(db, range, gauges),
  ]);
  for (const { id, column } of counts) append(histories, { rows: counted, id, column, stepMs: range.stepMs });
  for (const { id, column } of gauges) append(histories, { rows: gauged, id, column, stepMs: range.stepMs });
  return histories;
}

type Column = { id: MetricId; column: string };
type ReadMetric = Metric & { id: MetricId };

function readCounts(db: Pick<Database, "sql">, range: HistoryRange, metrics: readonly ReadMetric[]) {
  const figures = metrics.map(({ column }) => `sum(${column})::float8 AS ${column}`);
  return db.sql<Row>(
    `SELECT subject::int AS node, ${binOf("$5")} AS at, ${figures.join(", ")} FROM rollup_1m
     WHERE scope = ${scopes.node} AND network = $1 AND subject = ANY ($2::bigint[]) AND at >= $3 AND at < $4
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [networkByName(range.network).id, range.nodeIds, range.from, range.to, range.stepMs / 1_000],
  );
}

function readGauges(db: Pick<Database, "sql">, range: HistoryRange, metrics: readonly ReadMetric[]) {
  const figures = metrics.map(
    ({ column }) => `(sum(${column}_sum) / nullif(sum(${column}_n), 0))::float8 AS ${column}`,
  );
  return db.sql<Row>(
    `SELECT node, ${binOf("$4")} AS at, ${figures.join(", ")} FROM reading_1m
     WHERE node = ANY ($1::int[]) AND at >= $2 AND at < $3 GROUP BY 1, 2 ORDER BY 1, 2`,
    [range.nodeIds, range.from, range.to, range.stepMs / 1_000],
  );
}

function binOf(seconds: string): string {
  return `(extract(epoch FROM date_bin(make_interval(secs => ${seconds}), at, timestamptz 'epoch')) * 1000)::float8`;
}

type Append = Column & { rows: readonly Row[]; stepMs: number };

function append(histories: Histories, { rows, id, column, stepMs }: Append): void {
  const points = new Map<number, Point[]>();
  for (const row of rows) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    const ofNode = points.get(row.node);
    const point = { at: row.at, value: id === "clock-skew" ? Math.abs(value) : value };
    if (ofNode) ofNode.push(point);
    else points.set(row.node, [point]);
  }
  for (const [node, ofNode] of points) {
    const metrics = histories.get(node) ?? new Map<MetricId, History>();
    histories.set(node, metrics);
    const history = metrics.get(id) ?? anEmptyHistory(stepMs);
    metrics.set(id, history);
    replaceTail(history, ofNode);
  }
}
