import { cellsAsText, cellsFromText } from "../../kernel/packed-cells.ts";
import { rangeEnd, type TimeRange } from "../../kernel/time-range.ts";
import type { Database } from "../../ports/database.ts";
import type { RollupRow } from "./activity-series.ts";

/** rollup scopes of the base migration. */
export const scopes = { network: 1, cluster: 2, node: 3, bucket: 4 } as const;
export type Subject = { scope: keyof typeof scopes; network: number; id: number | bigint };

/** Rollups of one subject in a range, in the order of time. */
export async function listRollups(
  db: Pick<Database, "sql">,
  subject: Subject,
  range: TimeRange,
): Promise<RollupRow[]> {
  const rows = await db.sql<{ at: Date; cells: string }>(
    `SELECT at, ${cellsAsText} AS cells FROM rollup_${range.grain}
     WHERE scope = $1 AND network = $2 AND subject = $3 AND at >= $4 AND at < $5 ORDER BY at`,
    [scopes[subject.scope], subject.network, subject.id, range.start, rangeEnd(range)],
    { isPrepared: true },
  );
  return rows.map(({ at, cells }) => ({ at, cells: cellsFromText(cells) }));
}
