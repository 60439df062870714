import { countActivity } from "../../server/features/inventory/count-activity.ts";
import type { Database } from "../../server/ports/database.ts";
import type { Plan } from "./fill.ts";

/** What a turn of the inventory takes for the records of the last day, which all are of pieces that are known. */
export async function countCost(db: Database, plan: Plan, say: (line: string) => void): Promise<void> {
  const [newest] = await db.sql<{ from: string }>("SELECT max(flush) AS from FROM activity");
  const from = Number(newest?.from);
  await db.sql("UPDATE inventory_cursor SET next_flush = $1", [from]);
  const startedAt = performance.now();
  const { records, pieces } = await countActivity(db, { from, below: from + 1 }, new Date());
  const seconds = (performance.now() - startedAt) / 1000;
  say(
    `counting ${records} records of ${pieces} pieces into ${plan.cids}: ${seconds.toFixed(1)} s, ${Math.round(records / seconds)} records a second`,
  );
}
