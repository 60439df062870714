import { grainMs, parseMoment } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Database } from "../../ports/database.ts";
import { forecastStored, type StoredPoint } from "./forecast.ts";
import type { Forecast, NodeForecastInput } from "./history-schema.ts";
import { requireNodeId } from "./store.ts";

/** When the disk of a node is full, out of its daily history, or of the hours of a younger node. */
export async function getForecast(ctx: Ctx, input: NodeForecastInput): Promise<Forecast> {
  const now = ctx.clock.now();
  const at = input.asOf === undefined ? now : parseMoment(input.asOf, now, "asOf");
  return loadForecast(ctx.db, await requireNodeId(ctx.db, input), at);
}

const dayMs = 86_400_000;
const enoughDays = 14;
const longestDays = 90;

export async function loadForecast(db: Pick<Database, "sql">, node: number, at: Date): Promise<Forecast> {
  const since = (days: number) => new Date(at.getTime() - days * dayMs);
  const days = await listStored(db, node, { grain: "1d", from: since(longestDays), to: at });
  const isYoung = days.length < enoughDays;
  const rows = isYoung ? await listStored(db, node, { grain: "1h", from: since(enoughDays), to: at }) : days;
  const capacityBytes = rows.findLast((row) => row.capacityBytes !== null)?.capacityBytes ?? null;
  return forecastStored({ points: rows, capacityBytes }, at);
}

export type StoredRow = StoredPoint & { capacityBytes: number | null };
type StoredQuery = { grain: "1h" | "1d"; from: Date; to: Date };

async function listStored(db: Pick<Database, "sql">, node: number, query: StoredQuery): Promise<StoredRow[]> {
  return (await listStoredByNode(db, [node], query)).get(node) ?? [];
}

/** By node id, in the order of time. */
export async function listStoredByNode(
  db: Pick<Database, "sql">,
  nodeIds: readonly number[],
  { grain, from, to }: StoredQuery,
): Promise<Map<number, StoredRow[]>> {
  const rows = await db.sql<StoredRow & { node: number }>(
    `SELECT node, at, coalesce(disk_used_bytes_sum / nullif(disk_used_bytes_n, 0),
                               stored_bytes_sum / nullif(stored_bytes_n, 0)) AS bytes,
            disk_total_bytes_max AS "capacityBytes"
     FROM reading_${grain} WHERE node = ANY ($1::int[]) AND at >= $2 AND at <= $3 ORDER BY node, at`,
    [nodeIds, from, to],
  );
  const centred = rows.map((row) => ({ ...row, at: middleOf(row.at, grain, to) }));
  return Map.groupBy(centred, ({ node }) => node);
}

/** Where a window's mean stands: in its middle, the running one's half way to now. */
export function middleOf(start: Date, grain: "1h" | "1d", at: Date): Date {
  const end = Math.min(start.getTime() + grainMs[grain], at.getTime());
  return new Date((start.getTime() + end) / 2);
}
