import type { Database } from "../../ports/database.ts";

const dayMs = 86_400_000;
const daysAhead = 2;
export const probeRetentionDays = 7;

/** Makes sure that `node_probe` has room for today and the days after, and drops the days that are too old. */
export async function keepPartitions(db: Pick<Database, "sql">, at: Date): Promise<void> {
  const today = Math.floor(at.getTime() / dayMs);
  const known = new Set(await listPartitions(db));
  for (let day = today; day <= today + daysAhead; day += 1) {
    const { name, from, to } = partitionOf(day);
    if (known.has(name)) continue;
    await db.sql(createStatement({ name, from, to }));
  }
  const oldest = partitionOf(today - probeRetentionDays).name;
  for (const name of known) if (name < oldest) await db.sql(dropStatement(name));
}

/**
 * Made apart and then attached, which lets readers and writers go on. The lock keeps the schedule and a person who
 * probes from making the same one.
 */
function createStatement({ name, from, to }: { name: string; from: string; to: string }): string {
  return `DO $do$ BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('console probe partitions'));
    IF to_regclass('${name}') IS NULL THEN
      CREATE TABLE ${name} (LIKE node_probe INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
      ALTER TABLE node_probe ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}');
    END IF;
  END $do$`;
}

/** Rather waits for its next turn than makes everybody wait. */
function dropStatement(name: string): string {
  return `DO $do$ BEGIN SET LOCAL lock_timeout = '3s'; DROP TABLE IF EXISTS ${name}; END $do$`;
}

async function listPartitions(db: Pick<Database, "sql">): Promise<string[]> {
  const rows = await db.sql<{ name: string }>(
    `SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
     WHERE inhparent = 'node_probe'::regclass AND relname ~ '^node_probe_\\d{8}$'`,
  );
  return rows.map(({ name }) => name);
}

function partitionOf(day: number): { name: string; from: string; to: string } {
  const dateOf = (value: number) => new Date(value * dayMs).toISOString().slice(0, 10);
  return {
    name: `node_probe_${dateOf(day).replaceAll("-", "")}`,
    from: `${dateOf(day)} 00:00:00Z`,
    to: `${dateOf(day + 1)} 00:00:00Z`,
  };
}
