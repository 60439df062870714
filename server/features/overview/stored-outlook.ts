import type { Database } from "../../ports/database.ts";
import { forecastStored, type StoredPoint } from "../nodes/forecast.ts";
import { listStoredByNode, middleOf } from "../nodes/get-forecast.ts";
import type { Forecast } from "../nodes/history-schema.ts";
import type { Fleet } from "../nodes/load-fleet.ts";

/** What all nodes of a network stored, and when they are full, together and each of the fullest. */
export type StoredOutlook = {
  points: readonly StoredPoint[];
  all: Forecast;
  byNode: ReadonlyMap<number, Forecast>;
};

/** Forecasts are made of the nodes that are fullest, above this share. */
const fullestNodes = 50;
const fullestFrom = 0.6;

export function fullestOf({ rows, ids }: Pick<Fleet, "rows" | "ids">): number[] {
  return rows
    .filter((row) => row.removedAt === null && (row.disk ?? 0) >= fullestFrom)
    .sort((a, b) => (b.disk ?? 0) - (a.disk ?? 0))
    .slice(0, fullestNodes)
    .flatMap((row) => ids.get(row.key) ?? []);
}

type Query = { network: number; nodeIds: readonly number[]; fullestIds: readonly number[]; at: Date };
type Db = Pick<Database, "sql">;

const dayMs = 86_400_000;
const enoughDays = 14;
const longestDays = 90;
const youngDays = 3;
/** A forecast of weeks does not change within minutes, and reads a row for every node and day. */
const keepMs = 600_000;
/** A young network has more to say soon. */
const keepEmptyMs = 20_000;

type Kept = { madeAt: number; keepMs: number; outlook: Promise<StoredOutlook> };
const kept = new WeakMap<Db["sql"], Map<number, Kept>>();

/** Made anew every ten minutes; callers at the same time share one. */
export function loadStoredOutlook(db: Db, query: Query): Promise<StoredOutlook> {
  const networks = kept.get(db.sql) ?? new Map<number, Kept>();
  kept.set(db.sql, networks);
  const known = networks.get(query.network);
  const ageMs = known === undefined ? Number.POSITIVE_INFINITY : query.at.getTime() - known.madeAt;
  if (known && ageMs >= 0 && ageMs < known.keepMs) return known.outlook;
  const made = { madeAt: query.at.getTime(), keepMs, outlook: readOutlook(db, query) };
  networks.set(query.network, made);
  made.outlook.then(
    ({ all }) => {
      if (all.verdict === "not_enough_data") made.keepMs = keepEmptyMs;
    },
    // What failed is not kept: the next caller tries again.
    () => networks.delete(query.network),
  );
  return made.outlook;
}

async function readOutlook(db: Db, query: Query): Promise<StoredOutlook> {
  const [{ points, capacityBytes }, byNode] = await Promise.all([
    readNetwork(db, query),
    readFullest(db, query),
  ]);
  return { points, all: forecastStored({ points, capacityBytes }, query.at), byNode };
}

async function readFullest(db: Db, { fullestIds, at }: Query): Promise<Map<number, Forecast>> {
  const rows = await listStoredByNode(db, fullestIds, {
    grain: "1h",
    from: daysBefore(at, enoughDays),
    to: at,
  });
  return new Map(
    [...rows].map(([id, points]) => {
      const capacityBytes = points.findLast((point) => point.capacityBytes !== null)?.capacityBytes ?? null;
      return [id, forecastStored({ points, capacityBytes }, at)];
    }),
  );
}

type NetworkHistory = { points: StoredPoint[]; capacityBytes: number | null };

/** By the day; by the hour while the network is young. */
async function readNetwork(db: Db, { nodeIds, at }: Query): Promise<NetworkHistory> {
  const days = await sumStored(db, nodeIds, { grain: "1d", from: daysBefore(at, longestDays), to: at });
  if (days.points.length >= enoughDays) return days;
  return sumStored(db, nodeIds, { grain: "1h", from: daysBefore(at, youngDays), to: at });
}

/**
 * Sums over nodes. A window in which fewer than nine of ten nodes reported is left out: it would look like deletion.
 */
async function sumStored(
  db: Db,
  nodeIds: readonly number[],
  { grain, from, to }: { grain: "1h" | "1d"; from: Date; to: Date },
): Promise<NetworkHistory> {
  const rows = await db.sql<{ at: Date; bytes: number; capacityBytes: number | null; nodes: number }>(
    `SELECT at, sum(coalesce(disk_used_bytes_sum / nullif(disk_used_bytes_n, 0),
                             stored_bytes_sum / nullif(stored_bytes_n, 0))) AS bytes,
            sum(disk_total_bytes_max) AS "capacityBytes",
            count(coalesce(disk_used_bytes_n, stored_bytes_n))::int AS nodes
     FROM reading_${grain} WHERE node = ANY ($1::int[]) AND at >= $2 AND at <= $3
     GROUP BY at ORDER BY at`,
    [nodeIds, from, to],
  );
  const most = Math.max(0, ...rows.map(({ nodes }) => nodes));
  const whole = rows.filter(({ nodes, bytes }) => bytes !== null && nodes >= most * 0.9);
  return {
    points: whole.map((row) => ({ at: middleOf(row.at, grain, to), bytes: row.bytes })),
    capacityBytes: whole.at(-1)?.capacityBytes ?? null,
  };
}

function daysBefore(at: Date, days: number): Date {
  return new Date(at.getTime() - days * dayMs);
}
