import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { loadFleet } from "../nodes/load-fleet.ts";
import { countByStatus } from "../nodes/select-nodes.ts";
import { listSources } from "../registry/list-sources.ts";
import { buildRow, presentNodes } from "./build-row.ts";
import { parametersOf } from "./parameters-of.ts";
import { clusterCaveats, payoutsNotIndexed, topologyOf } from "./rules.ts";
import type { ClusterDetail, ClusterInput } from "./schema.ts";
import { listIdentities, listLatencies } from "./store.ts";

/** One cluster as it is now: what the chain fixed for it, and its nodes by place, provider and state. */
export async function getCluster(ctx: Ctx, input: ClusterInput): Promise<ClusterDetail> {
  const network = networkByName(input.network).id;
  const at = ctx.clock.now();
  const [identity] = await listIdentities(ctx.db, network, input.clusterId);
  if (!identity) throw notFound("cluster", input.clusterId);
  const [fleet, latencies, sources] = await Promise.all([
    loadFleet(ctx, { network: input.network, at }),
    listLatencies(ctx.db, { network, ids: [identity.id], at }),
    listSources(ctx, { network: input.network }),
  ]);
  const nodes = fleet.rows.filter(({ clusterId }) => clusterId === input.clusterId);
  const present = presentNodes(nodes);
  const source = sources.find(({ family }) => family === "ddc");
  const { registered } = identity;
  return {
    at: at.toISOString(),
    cluster: buildRow(identity, nodes, latencies.get(identity.id)),
    managerId: registered?.managerId ?? null,
    createdAtHeight: identity.createdAtHeight,
    registryHeight: registered === null ? null : (source?.projectedHeight ?? null),
    parameters: registered === null ? [] : parametersOf(registered),
    topology: topologyOf(present, countByStatus),
    buckets: identity.buckets,
    payouts: payoutsNotIndexed,
    caveats: clusterCaveats(present, identity.indexedNodes),
  };
}
