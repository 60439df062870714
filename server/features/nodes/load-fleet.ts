import { notFound } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { getIngest } from "../system/get-ingest.ts";
import { buildRow } from "./build-row.ts";
import { loadNodeLimits } from "./limits.ts";
import { listRecentMinutes, listRecentMinutesOf } from "./recent-minutes.ts";
import type { NodeInput, NodeLimits, NodeRow, Stalled } from "./schema.ts";
import { findStalled, isActivityRead } from "./stalled.ts";
import { type IdentityRow, listActivity, listIdentities, listReadings, type Readings } from "./store.ts";

/** All nodes of a network with their figures and states at one moment. */
export type Fleet = {
  at: Date;
  rows: NodeRow[];
  /** `ddc_node.id` by key: for further queries, never for the wire. */
  ids: ReadonlyMap<string, number>;
  limits: NodeLimits;
  stalled: Stalled | null;
};

type FleetQuery = { network: NetworkName; at: Date };
type FleetCtx = Pick<Ctx, "db" | "clock" | "deps">;

/** In two rounds of queries, whatever the number of nodes. */
export async function loadFleet(ctx: FleetCtx, { network: name, at }: FleetQuery): Promise<Fleet> {
  const network = networkByName(name).id;
  const [identities, limits, { ingest }] = await Promise.all([
    listIdentities(ctx.db, network),
    loadNodeLimits(ctx.db, name),
    getIngest(ctx, { network: name }),
  ]);
  const stalled = findStalled(ingest);
  const nodeIds = identities.map(({ id }) => id);
  const [activity, readings, minutes] = await Promise.all([
    listActivity(ctx.db, { network, nodeIds, at }),
    listReadings(ctx.db, { nodeIds, at }),
    listRecentMinutes(ctx.db, { network, nodeIds, at }),
  ]);
  const shared = { minutes, isActivityRead: isActivityRead(ingest) };
  const rows = identities.map((identity) =>
    buildRow(
      { identity, activity: activity.get(identity.id), readings: readings.get(identity.id), ...shared },
      at,
      { limits, stalled },
    ),
  );
  const ids = new Map(identities.map(({ key, id }) => [key, id]));
  return { at, rows, ids, limits, stalled };
}

/** One node, with what its row was built from. */
export type LoadedNode = Omit<Fleet, "rows" | "ids"> & {
  node: NodeRow;
  identity: IdentityRow;
  readings: Readings | null;
};

export async function loadNode(ctx: FleetCtx, input: NodeInput, at: Date): Promise<LoadedNode> {
  const network = networkByName(input.network).id;
  const [identities, limits, { ingest }] = await Promise.all([
    listIdentities(ctx.db, network, input.key),
    loadNodeLimits(ctx.db, input.network),
    getIngest(ctx, { network: input.network }),
  ]);
  const stalled = findStalled(ingest);
  const identity = identities[0];
  if (!identity) throw notFound("node", input.key);
  const nodeIds = [identity.id];
  const [activities, allReadings, minutes] = await Promise.all([
    listActivity(ctx.db, { network, nodeIds, at }),
    listReadings(ctx.db, { nodeIds, at }),
    listRecentMinutesOf(ctx.db, { network, nodeIds, at }),
  ]);
  const [activity, readings] = [activities.get(identity.id), allReadings.get(identity.id)];
  const sources = { identity, activity, readings, minutes, isActivityRead: isActivityRead(ingest) };
  const node = buildRow(sources, at, { limits, stalled });
  return { at, node, identity, readings: readings ?? null, limits, stalled };
}
