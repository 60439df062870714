import { notFound } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { buildRow } from "./build-row.ts";
import { loadNodeLimits } from "./limits.ts";
import { listRecentMinutes, listRecentMinutesOf } from "./recent-minutes.ts";
import type { NodeInput, NodeLimits, NodeRow, Stalled } from "./schema.ts";
import { loadStalled } from "./stalled.ts";
import { type IdentityRow, listActivity, listIdentities, listReadings, type Readings } from "./store.ts";

/** All nodes of a network with their figures and states at one moment. */
export type Fleet = {
  at: Date;
  rows: NodeRow[];
  limits: NodeLimits;
  stalled: Stalled | null;
};

type FleetQuery = { network: NetworkName; at: Date };

/** In two rounds of queries, whatever the number of nodes. */
export async function loadFleet(ctx: Pick<Ctx, "db">, { network: name, at }: FleetQuery): Promise<Fleet> {
  const network = networkByName(name).id;
  const [identities, limits, stalled] = await Promise.all([
    listIdentities(ctx.db, network),
    loadNodeLimits(ctx.db, name),
    loadStalled(ctx.db, at),
  ]);
  const nodeIds = identities.map(({ id }) => id);
  const [activity, readings, minutes] = await Promise.all([
    listActivity(ctx.db, { network, nodeIds, at }),
    listReadings(ctx.db, { nodeIds, at }),
    listRecentMinutes(ctx.db, { network, nodeIds, at }),
  ]);
  const rows = identities.map((identity) =>
    buildRow(
      { identity, activity: activity.get(identity.id), readings: readings.get(identity.id), minutes },
      at,
      { limits, stalled },
    ),
  );
  return { at, rows, limits, stalled };
}

/** One node, with what its row was built from. */
export type LoadedNode = Omit<Fleet, "rows"> & {
  node: NodeRow;
  identity: IdentityRow;
  readings: Readings | null;
};

export async function loadNode(ctx: Pick<Ctx, "db">, input: NodeInput, at: Date): Promise<LoadedNode> {
  const network = networkByName(input.network).id;
  const [identities, limits, stalled] = await Promise.all([
    listIdentities(ctx.db, network, input.key),
    loadNodeLimits(ctx.db, input.network),
    loadStalled(ctx.db, at),
  ]);
  const identity = identities[0];
  if (!identity) throw notFound("node", input.key);
  const nodeIds = [identity.id];
  const [activities, allReadings, minutes] = await Promise.all([
    listActivity(ctx.db, { network, nodeIds, at }),
    listReadings(ctx.db, { nodeIds, at }),
    listRecentMinutesOf(ctx.db, { network, nodeIds, at }),
  ]);
  const [activity, readings] = [activities.get(identity.id), allReadings.get(identity.id)];
  const node = buildRow({ identity, activity, readings, minutes }, at, { limits, stalled });
  return { at, node, identity, readings: readings ?? null, limits, stalled };
}
