import type { Database } from "../../ports/database.ts";
import { type CountedStep, countActivity } from "./count-activity.ts";

export type Turn = CountedStep & { isCaughtUp: boolean };

/** Counts the next `width` transactions from where the cursor stands. */
export async function countNext(db: Database, { width, at }: { width: number; at: Date }): Promise<Turn> {
  await summarizeNewBlocks(db);
  const { from, settled } = await findPosition(db);
  if (settled < from) {
    await goOnAfterRestore(db);
    return { isApplied: false, records: 0, pieces: 0, isCaughtUp: false };
  }
  if (from === settled) return { isApplied: false, records: 0, pieces: 0, isCaughtUp: true };
  const below = Math.min(settled, from + width);
  const step = await countActivity(db, { from, below }, at);
  return { ...step, isCaughtUp: below === settled };
}

/** `settled`: the oldest transaction that still runs; everything below it is visible or never will be. */
async function findPosition({ sql }: Pick<Database, "sql">): Promise<{ from: number; settled: number }> {
  const [row] = await sql<{ from: string; settled: string }>(
    "SELECT next_flush AS from, base + txid_snapshot_xmin(txid_current_snapshot()) AS settled FROM inventory_cursor",
  );
  return { from: Number(row?.from ?? 0), settled: Number(row?.settled ?? 0) };
}

/** Vacuum would do this too, but only when a fifth of a partition is new; until then every search reads all of that. */
async function summarizeNewBlocks({ sql }: Pick<Database, "sql">): Promise<void> {
  await sql(
    `SELECT brin_summarize_new_values(inhrelid::regclass) FROM pg_inherits
     WHERE inhparent = 'activity_flush'::regclass`,
  );
}

/**
 * A dump that is restored into another server brings transaction numbers along that this server has not reached. New
 * records then get numbers above all that were counted.
 */
async function goOnAfterRestore({ sql }: Pick<Database, "sql">): Promise<void> {
  await sql(
    `DO $do$ DECLARE new_base bigint; BEGIN
       SET LOCAL lock_timeout = '3s';
       LOCK TABLE activity IN ACCESS EXCLUSIVE MODE;
       UPDATE inventory_cursor SET base = next_flush - txid_current() RETURNING base INTO new_base;
       EXECUTE format('ALTER TABLE ONLY activity ALTER COLUMN flush SET DEFAULT txid_current() + %s', new_base);
     END $do$`,
  );
}
