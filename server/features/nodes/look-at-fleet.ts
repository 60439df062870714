import { mapInSlices } from "../../kernel/map-in-slices.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Database } from "../../ports/database.ts";
import { getIngest, type IngestCtx } from "../system/get-ingest.ts";
import { buildRow, type UnjudgedRow } from "./build-row.ts";
import { forgetIdentities, listKnownIdentities } from "./known-identities.ts";
import { largeNetwork } from "./large-network.ts";
import { listMovingFigures } from "./moving-figures.ts";
import { listRecentMinutes } from "./recent-minutes.ts";
import type { Stalled } from "./schema.ts";
import { findStalled, isActivityRead } from "./stalled.ts";
import { activityOf, listRates } from "./store.ts";

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
/** A sight that is not older is shown while the next one is read: nobody waits for a thousand nodes. */
const shownMs = 3_000;

type Shared = { latest: Sight | null; reading: Promise<Sight> | null };
const shared = new WeakMap<Database["sql"], Map<NetworkName, Shared>>();

/**
 * In two rounds of queries, whatever the number of nodes. Everybody who looks at a large network within a second sees the
 * same: a thousand nodes cost as much to read for one as for a hundred.
 */
export async function lookAtFleet(ctx: IngestCtx, query: FleetQuery): Promise<Sight> {
  const kept = keptOf(ctx.db, query.network);
  const { latest } = kept;
  if (latest === null || latest.rows.length < largeNetwork) return readInto(kept, ctx, query);
  const ageMs = query.at.getTime() - latest.at.getTime();
  if (ageMs >= 0 && ageMs < sharedMs) return latest;
  kept.reading ??= readInto(kept, ctx, query).finally(() => {
    kept.reading = null;
  });
  if (ageMs < 0 || ageMs >= shownMs) return kept.reading;
  // Who looks when it is too old reads it again and is told.
  kept.reading.catch(() => {});
  return latest;
}

/** Something other than figures changed: who looks from now on sees it at once. */
export function forgetSight(db: Pick<Database, "sql">, network: NetworkName): void {
  shared.get(db.sql)?.delete(network);
  forgetIdentities(db, networkByName(network).id);
}

async function readInto(kept: Shared, ctx: IngestCtx, query: FleetQuery): Promise<Sight> {
  const sight = await readFleet(ctx, query);
  kept.latest = sight;
  return sight;
}

function keptOf(db: Pick<Database, "sql">, network: NetworkName): Shared {
  const networks = shared.get(db.sql) ?? new Map<NetworkName, Shared>();
  shared.set(db.sql, networks);
  const kept = networks.get(network) ?? { latest: null, reading: null };
  networks.set(network, kept);
  return kept;
}

async function readFleet(ctx: IngestCtx, { network: name, at }: FleetQuery): Promise<Sight> {
  const network = networkByName(name).id;
  const [identities, { ingest }] = await Promise.all([
    listKnownIdentities(ctx.db, network, at),
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
  const rows = await mapInSlices(identities, (identity) => {
    const figures = { activity: activity.get(identity.id), readings: readings.get(identity.id) };
    return buildRow({ identity, ...figures, ...common }, at);
  });
  const ids = new Map(identities.map(({ key, id }) => [key, id]));
  return { at, rows, ids, stalled: findStalled(ingest) };
}
