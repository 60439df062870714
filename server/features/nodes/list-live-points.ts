import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import { getIngest, type IngestCtx } from "../system/get-ingest.ts";
import { buildPoint } from "./build-row.ts";
import { listRecentMinutes } from "./recent-minutes.ts";
import type { LivePoints } from "./schema.ts";
import { isActivityRead } from "./stalled.ts";
import { listActivity, listIdentities, listReadings } from "./store.ts";

/**
 * The moving figures of some nodes of a network: what the hub sends once a tick. One round of queries for all of them.
 * `nodeIds` are `ddc_node.id`; ids of other networks are left out.
 */
export async function listLivePoints(
  ctx: IngestCtx,
  { network: name, nodeIds, at }: { network: NetworkName; nodeIds: readonly number[] | "all"; at: Date },
): Promise<LivePoints> {
  const network = networkByName(name).id;
  const [identities, { ingest }] = await Promise.all([
    listIdentities(ctx.db, network),
    getIngest(ctx, { network: name }),
  ]);
  const wanted = nodeIds === "all" ? null : new Set(nodeIds);
  const chosen = identities.filter(({ id }) => wanted === null || wanted.has(id));
  const ids = chosen.map(({ id }) => id);
  const [activity, readings, minutes] = await Promise.all([
    listActivity(ctx.db, { network, nodeIds: ids, at }),
    listReadings(ctx.db, { nodeIds: ids, at }),
    listRecentMinutes(ctx.db, { network, nodeIds: identities.map(({ id }) => id), at }),
  ]);
  const shared = { minutes, isActivityRead: isActivityRead(ingest) };
  const nodes = chosen.map((identity) =>
    buildPoint(
      { identity, activity: activity.get(identity.id), readings: readings.get(identity.id), ...shared },
      at,
    ),
  );
  return { at: at.toISOString(), nodes };
}
