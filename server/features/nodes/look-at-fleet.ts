import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Database } from "../../ports/database.ts";
import { getIngest, type IngestCtx } from "../system/get-ingest.ts";
import { buildRow, type UnjudgedRow } from "./build-row.ts";
import { largeNetwork, listMovingFigures } from "./moving-figures.ts";
import { listRecentMinutes } from "./recent-minutes.ts";
import type { Stalled } from "./schema.ts";
import { findStalled, isActivityRead } from "./stalled.ts";
import { activityOf, listIdentities, listRates } from "./store.ts";

/** All nodes of a network as they were at a moment, not judged by any limit. */
export type Sight = {
  at: Date;
  rows: readonly UnjudgedRow[];
  /** `ddc_node.id` by key: for further queries, never for the wire. */
  ids: ReadonlyMap<string, number>;
  stalled: Stalled | null;
};

export type FleetQuery = { network: NetworkName; at: Date };

/** A little less than a second, so that who looks once a second sees something new each time. */
const sharedMs = 900;

type Shared = { readAt: number; sight: Promise<Sight>; isLarge: boolean };
const shared = new WeakMap<Database["sql"], Map<NetworkName, Shared>>();

/**
 * In two rounds of queries, whatever the number of nodes. Everybody who looks at a large network within a second sees the
 * same: a thousand nodes cost as much to read for one as for a hundred.
 */
export async function lookAtFleet(ctx: IngestCtx, query: FleetQuery): Promise<Sight> {
  const networks = networksOf(ctx.db);
  const known = networks.get(query.network);
  const ageMs = known === undefined ? Number.NaN : query.at.getTime() - known.readAt;
  if (known?.isLarge && ageMs >= 0 && ageMs < sharedMs) return known.sight;
  const mine: Shared = {
    readAt: query.at.getTime(),
    sight: readFleet(ctx, query),
    isLarge: known?.isLarge ?? false,
  };
  networks.set(query.network, mine);
  try {
    const sight = await mine.sight;
    mine.isLarge = sight.rows.length >= largeNetwork;
    return sight;
  } catch (error) {
    if (networks.get(query.network) === mine) networks.delete(query.network);
    throw error;
  }
}

/** Something other than figures changed: who looks from now on sees it at once. */
export function forgetSight(db: Pick<Database, "sql">, network: NetworkName): void {
  networksOf(db).delete(network);
}

function networksOf(db: Pick<Database, "sql">): Map<NetworkName, Shared> {
  const networks = shared.get(db.sql) ?? new Map<NetworkName, Shared>();
  shared.set(db.sql, networks);
  return networks;
}

async function readFleet(ctx: IngestCtx, { network: name, at }: FleetQuery): Promise<Sight> {
  const network = networkByName(name).id;
  const [identities, { ingest }] = await Promise.all([
    listIdentities(ctx.db, network),
    getIngest(ctx, { network: name }),
  ]);
  const nodesAt = { network, nodeIds: identities.map(({ id }) => id), at };
  const [rates, { latencies, readings }, minutes] = await Promise.all([
    listRates(ctx.db, nodesAt),
    listMovingFigures(ctx.db, nodesAt),
    listRecentMinutes(ctx.db, nodesAt),
  ]);
  const activity = activityOf(rates, latencies);
  const common = { minutes, isActivityRead: isActivityRead(ingest) };
  const rows = identities.map((identity) => {
    const figures = { activity: activity.get(identity.id), readings: readings.get(identity.id) };
    return buildRow({ identity, ...figures, ...common }, at);
  });
  const ids = new Map(identities.map(({ key, id }) => [key, id]));
  return { at, rows, ids, stalled: findStalled(ingest) };
}
