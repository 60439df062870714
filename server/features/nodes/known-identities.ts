import type { Database } from "../../ports/database.ts";
import { largeNetwork, slowMs } from "./large-network.ts";
import { type IdentityRow, listIdentities } from "./store.ts";

type Db = Pick<Database, "sql">;
type Known = { readAt: number; rows: readonly IdentityRow[] };

const memories = new WeakMap<Database["sql"], Map<number, Known>>();

/**
 * All nodes of a network. Of a large one names, places and probes are at most four seconds old, or as old as the last change
 * that was told (`forgetIdentities`); when its nodes were heard is read each time.
 */
export async function listKnownIdentities(
  db: Db,
  network: number,
  at: Date,
): Promise<readonly IdentityRow[]> {
  const memory = memoryOf(db);
  const known = memory.get(network);
  const ageMs = known ? at.getTime() - known.readAt : Number.NaN;
  if (known && ageMs >= 0 && ageMs < slowMs) return withHeard(known.rows, await listHeard(db, network));
  const rows = await listIdentities(db, network);
  if (rows.length >= largeNetwork) memory.set(network, { readAt: at.getTime(), rows });
  else memory.delete(network);
  return rows;
}

export function forgetIdentities(db: Db, network: number): void {
  memories.get(db.sql)?.delete(network);
}

function memoryOf(db: Db): Map<number, Known> {
  const memory = memories.get(db.sql) ?? new Map<number, Known>();
  memories.set(db.sql, memory);
  return memory;
}

type Heard = { id: number; reportedAt: Date | null; activeAt: Date | null };

/** Milliseconds since 1970 in one row: a thousand rows with two times each cost four times as much to read. */
async function listHeard(db: Db, network: number): Promise<ReadonlyMap<number, Heard>> {
  const [row] = await db.sql<{
    ids: number[] | null;
    reported: (number | null)[];
    active: (number | null)[];
  }>(
    `SELECT array_agg(id) AS ids, array_agg(extract(epoch FROM reported_at)::float8 * 1000) AS reported,
            array_agg(extract(epoch FROM active_at)::float8 * 1000) AS active
     FROM ddc_node WHERE network = $1`,
    [network],
    { isPrepared: true },
  );
  const { ids, reported, active } = row ?? { ids: null, reported: [], active: [] };
  return new Map(
    (ids ?? []).map((id, index) => [
      id,
      { id, reportedAt: timeOf(reported[index]), activeAt: timeOf(active[index]) },
    ]),
  );
}

function timeOf(ms: number | null | undefined): Date | null {
  return ms == null ? null : new Date(Math.round(ms));
}

function withHeard(rows: readonly IdentityRow[], heard: ReadonlyMap<number, Heard>): IdentityRow[] {
  return rows.map((row) => ({ ...row, ...heard.get(row.id) }));
}
