import { isDeepStrictEqual } from "node:util";
import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Database } from "../../ports/database.ts";
import { getIngest, type IngestCtx } from "../system/get-ingest.ts";
import { buildRow } from "./build-row.ts";
import { loadNodeLimits } from "./limits.ts";
import { type FleetQuery, lookAtFleet, type Sight } from "./look-at-fleet.ts";
import { listRecentMinutesOf } from "./recent-minutes.ts";
import { nodeStatus } from "./rules.ts";
import type { NodeInput, NodeLimits, NodeRow } from "./schema.ts";
import { findStalled, isActivityRead } from "./stalled.ts";
import {
  activityOf,
  type IdentityRow,
  listIdentities,
  listLatencies,
  listRates,
  listReadings,
  type Readings,
} from "./store.ts";

/** All nodes of a network with their figures and states at one moment. */
export type Fleet = Omit<Sight, "rows"> & { rows: readonly NodeRow[]; limits: NodeLimits };

/** Of a large network `at` may be up to three seconds before the one that was asked for (look-at-fleet.ts). */
export async function loadFleet(ctx: IngestCtx, query: FleetQuery): Promise<Fleet> {
  const [sight, limits] = await Promise.all([lookAtFleet(ctx, query), loadNodeLimits(ctx.db, query.network)]);
  const known = judged.get(sight);
  if (known && isDeepStrictEqual(known.limits, limits)) return known;
  const { at, stalled } = sight;
  const rows = sight.rows.map((row) => ({ ...row, status: nodeStatus(row, at, { limits, stalled }) }));
  const fleet = { ...sight, rows, limits };
  judged.set(sight, fleet);
  return fleet;
}

/** What is seen together is judged once, and is the same object for all who look. */
const judged = new WeakMap<Sight, Fleet>();

/** One node, with what its row was built from. */
export type LoadedNode = Omit<Fleet, "rows" | "ids"> & {
  node: NodeRow;
  identity: IdentityRow;
  readings: Readings | null;
};

/** The parts of a node's page ask together: who asks for a node that is being read at the moment waits for that. */
export function loadNode(ctx: IngestCtx, input: NodeInput, at: Date): Promise<LoadedNode> {
  const reading = beingRead.get(ctx.db.sql) ?? new Map<string, Promise<LoadedNode>>();
  beingRead.set(ctx.db.sql, reading);
  const name = `${input.network} ${input.key}`;
  const running = reading.get(name);
  if (running) return running;
  const started = readNode(ctx, input, at).finally(() => reading.delete(name));
  reading.set(name, started);
  return started;
}

const beingRead = new WeakMap<Database["sql"], Map<string, Promise<LoadedNode>>>();

async function readNode(ctx: IngestCtx, input: NodeInput, at: Date): Promise<LoadedNode> {
  const network = networkByName(input.network).id;
  const [identities, limits, { ingest }] = await Promise.all([
    listIdentities(ctx.db, network, input.key),
    loadNodeLimits(ctx.db, input.network),
    getIngest(ctx, { network: input.network }),
  ]);
  const stalled = findStalled(ingest);
  const identity = identities[0];
  if (!identity) throw notFound("node", input.key);
  const nodesAt = { network, nodeIds: [identity.id], at };
  const [rates, latencies, allReadings, minutes] = await Promise.all([
    listRates(ctx.db, nodesAt),
    listLatencies(ctx.db, nodesAt),
    listReadings(ctx.db, nodesAt),
    listRecentMinutesOf(ctx.db, nodesAt),
  ]);
  const activity = activityOf(rates, latencies).get(identity.id);
  const readings = allReadings.get(identity.id);
  const row = buildRow({ identity, activity, readings, minutes, isActivityRead: isActivityRead(ingest) }, at);
  const node = { ...row, status: nodeStatus(row, at, { limits, stalled }) };
  return { at, node, identity, readings: readings ?? null, limits, stalled };
}
