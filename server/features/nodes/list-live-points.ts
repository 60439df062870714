import type { NetworkName } from "../../kernel/networks.ts";
import type { IngestCtx } from "../system/get-ingest.ts";
import type { UnjudgedRow } from "./build-row.ts";
import { lookAtFleet } from "./look-at-fleet.ts";
import type { LivePoint, LivePoints } from "./schema.ts";

/**
 * The moving figures of some nodes of a network: what the hub sends once a tick, out of the same sight that lists show.
 * `nodeIds` are `ddc_node.id`; ids of other networks are left out.
 */
export async function listLivePoints(
  ctx: IngestCtx,
  { network, nodeIds, at: now }: { network: NetworkName; nodeIds: readonly number[] | "all"; at: Date },
): Promise<LivePoints> {
  const { at, rows, ids } = await lookAtFleet(ctx, { network, at: now });
  const wanted = nodeIds === "all" ? null : new Set(nodeIds);
  const chosen = rows.filter(({ key }) => wanted === null || wanted.has(ids.get(key) ?? 0));
  return { at: at.toISOString(), nodes: chosen.map(pointOf) };
}

function pointOf(row: UnjudgedRow): LivePoint {
  const { key, opsPerSecond, p50Ms, p95Ms, p99Ms, failureRatio, requests10s, failures10s } = row;
  const { cpu, memory, disk, netInBps, netOutBps, heardAt } = row;
  const activity = { opsPerSecond, p50Ms, p95Ms, p99Ms, failureRatio, requests10s, failures10s };
  return { key, ...activity, cpu, memory, disk, netInBps, netOutBps, heardAt };
}
