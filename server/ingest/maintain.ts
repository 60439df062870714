import { setTimeout as pause } from "node:timers/promises";
import { expiredOf } from "../features/settings/retention-rules.ts";
import type { Clock } from "../kernel/clock.ts";
import { type GrainName, grains } from "../kernel/grains.ts";
import type { Retention } from "../kernel/retention.ts";
import type { Database } from "../ports/database.ts";
import type { Logger } from "../ports/logger.ts";
import { readSettings } from "./read-settings.ts";
import { dropPartition, listPartitions, openTimePartitions, partitionedTables } from "./time-partitions.ts";

export type MaintenanceParts = { db: Pick<Database, "sql">; clock: Clock; log: Logger };

const everyMs = 10 * 60_000;
const aheadMs = 2 * 86_400_000;

/** Elected to one worker: partitions stand ready before their day comes, and are dropped when nobody may need them. */
export async function maintain(parts: MaintenanceParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await maintainOnce(parts);
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}

export async function maintainOnce({ db, clock, log }: MaintenanceParts): Promise<void> {
  const now = clock.now();
  const times = [now.getTime(), now.getTime() + aheadMs / 2, now.getTime() + aheadMs];
  await openTimePartitions(db).ensure(new Map(partitionedTables.map((table) => [table, times])));
  const { retention } = await readSettings(db);
  const dropped = await dropExpired(db, retention, now);
  if (dropped.length > 0) log.info({ dropped }, "Partitions past their retention were dropped");
  await purge(db);
}

async function dropExpired(db: Pick<Database, "sql">, retention: Retention, now: Date): Promise<string[]> {
  const dropped: string[] = [];
  for (const table of partitionedTables) {
    const expired = expiredOf(await listPartitions(db, table), retention[keptAs(table)], now);
    for (const { name } of expired) if (await dropPartition(db, name)) dropped.push(name);
  }
  return dropped;
}

function keptAs(table: string): "raw" | GrainName {
  return grains.find(({ name }) => table.endsWith(`_${name}`))?.name ?? "raw";
}

/** Small tables that no partition takes away. */
async function purge({ sql }: Pick<Database, "sql">): Promise<void> {
  await sql("DELETE FROM ingest_rate WHERE at < now() - interval '2 days'");
  await sql("DELETE FROM ingest_worker WHERE heard_at < now() - interval '1 hour'");
}
