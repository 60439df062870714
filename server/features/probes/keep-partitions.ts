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
    await db.sql(
      `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF node_probe FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  }
  const oldest = partitionOf(today - probeRetentionDays).name;
  for (const name of known) if (name < oldest) await db.sql(`DROP TABLE IF EXISTS ${name}`);
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
