import type { Ctx } from "../../ports/ctx.ts";
import { loadFleet } from "./load-fleet.ts";
import type { ListNodesInput, NodePage } from "./schema.ts";
import { countByStatus, facetOf, filterNodes, pageNodes, sumOf } from "./select-nodes.ts";

/**
 * Nodes of a network as of now. Status and figures are decided here, so filter and order work on the whole network in
 * memory: thousands of nodes, not millions.
 */
export async function listNodes(ctx: Ctx, input: ListNodesInput): Promise<NodePage> {
  const { network, sort, cursor, limit, ...filter } = input;
  const { at, rows: all, limits, stalled } = await loadFleet(ctx, { network, at: ctx.clock.now() });
  const matching = filterNodes(all, filter);
  return {
    at: at.toISOString(),
    ...pageNodes(matching, { sort, cursor, limit }),
    matching: matching.length,
    total: all.length,
    byStatus: countByStatus(all),
    totals: {
      opsPerSecond: sumOf(matching, "opsPerSecond"),
      storedBytes: sumOf(matching, "storedBytes"),
      capacityBytes: sumOf(matching, "capacityBytes"),
    },
    facets: {
      clusterId: facetOf(all, "clusterId"),
      provider: facetOf(all, "provider"),
      region: facetOf(all, "region"),
      mode: facetOf(all, "mode"),
      version: facetOf(all, "version"),
    },
    limits,
    stalled,
  };
}
