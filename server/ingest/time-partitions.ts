import { isAppError } from "../kernel/errors.ts";
import type { Database } from "../ports/database.ts";

type Span = "day" | "month" | "year";

/** How long one partition of each table spans. Narrow windows are dropped soon, so they need many small partitions. */
const spans: Readonly<Record<string, Span>> = {
  activity: "day",
  rollup_1s: "day",
  rollup_1m: "day",
  rollup_1h: "month",
  rollup_1d: "year",
  reading_1s: "day",
  reading_1m: "day",
  reading_1h: "month",
  reading_1d: "year",
};
export const partitionedTables = Object.keys(spans);

/** Windows are updated again and again in place: room on each page keeps that away from the index, and rows inline. */
const updatedInPlace = "WITH (fillfactor = 70, toast_tuple_target = 8160)";

export type TimePartition = { name: string; table: string; from: Date; to: Date };

/** The partition that holds a time, by its name and bounds. */
export function partitionAt(table: string, ms: number): TimePartition {
  const span = spans[table];
  if (!span) throw new Error(`Table ${table} is not partitioned by time.`);
  const at = new Date(ms);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const bounds = {
    day: [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)],
    month: [Date.UTC(year, month), Date.UTC(year, month + 1)],
    year: [Date.UTC(year), Date.UTC(year + 1)],
  } as const;
  const [from, to] = bounds[span];
  const digits = { day: 10, month: 7, year: 4 }[span];
  const suffix = new Date(from).toISOString().slice(0, digits).replaceAll("-", "");
  return { name: `${table}_${suffix}`, table, from: new Date(from), to: new Date(to) };
}

export type TimePartitions = {
  /** Makes sure that rows of these times have a place. */
  ensure(times: ReadonlyMap<string, Iterable<number>>): Promise<void>;
  /** Looks at the database again next time: a partition may have been dropped meanwhile. */
  forget(): void;
};

/** Remembers what exists, so that the usual flush asks nothing. */
export function openTimePartitions({ sql }: Pick<Database, "sql">): TimePartitions {
  const known = new Set<string>();
  return {
    ensure: async (times) => {
      for (const [table, instants] of times) {
        for (const ms of instants) {
          const partition = partitionAt(table, ms);
          if (known.has(partition.name)) continue;
          await create({ sql }, partition);
          known.add(partition.name);
        }
      }
    },
    forget: () => known.clear(),
  };
}

/**
 * Made apart and then attached: ATTACH lets readers and writers of the table go on, CREATE … PARTITION OF does not.
 * One statement, so one transaction; the lock keeps two workers from making the same one.
 */
async function create(
  { sql }: Pick<Database, "sql">,
  { name, table, from, to }: TimePartition,
): Promise<void> {
  const storage = table === "activity" ? "" : updatedInPlace;
  await sql(
    `DO $do$ BEGIN
       PERFORM pg_advisory_xact_lock(hashtext('console time partitions'));
       IF to_regclass('${name}') IS NULL THEN
         CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS) ${storage};
         ALTER TABLE ${table} ATTACH PARTITION ${name}
           FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}');
       END IF;
     END $do$`,
    [],
    { timeoutMs: 30_000 },
  );
}

/** Drops a partition. False when readers or writers hold it: then it is for the next round. */
export async function dropPartition({ sql }: Pick<Database, "sql">, name: string): Promise<boolean> {
  try {
    await sql(`DO $do$ BEGIN SET LOCAL lock_timeout = '3s'; DROP TABLE IF EXISTS ${name}; END $do$`);
    return true;
  } catch (error) {
    if (isLockTimeout(error)) return false;
    throw error;
  }
}

function isLockTimeout(error: unknown): boolean {
  if (isAppError(error)) return error.code === "timeout";
  return typeof error === "object" && error !== null && "code" in error && error.code === "55P03";
}

/** Every partition of a table, read back from the names that `partitionAt` gives. */
export async function listPartitions(
  { sql }: Pick<Database, "sql">,
  table: string,
): Promise<TimePartition[]> {
  const rows = await sql<{ name: string }>(
    `SELECT child.relname AS name FROM pg_inherits
     JOIN pg_class AS child ON child.oid = inhrelid
     WHERE inhparent = $1::regclass`,
    [table],
  );
  return rows.flatMap(({ name }) => {
    const start = startOf(name.slice(table.length + 1));
    return start === null ? [] : [partitionAt(table, start)];
  });
}

function startOf(suffix: string): number | null {
  if (!/^\d{4}(\d{2}){0,2}$/.test(suffix)) return null;
  const [year, month, day] = [suffix.slice(0, 4), suffix.slice(4, 6) || "01", suffix.slice(6, 8) || "01"];
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}
