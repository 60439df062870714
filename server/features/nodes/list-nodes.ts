import { shareByInput } from "../../kernel/share-by-input.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type Fleet, loadFleet } from "./load-fleet.ts";
import type { ListNodesInput, NodePage } from "./schema.ts";
import { countByStatus, facetOf, filterNodes, pageNodes, sumOf } from "./select-nodes.ts";

/**
 * Nodes of a network as of now. Status and figures are decided here, so filter and order work on the whole network in
 * memory: thousands of nodes, not millions.
 */
export async function listNodes(ctx: Ctx, input: ListNodesInput): Promise<NodePage> {
  const fleet = await loadFleet(ctx, { network: input.network, at: ctx.clock.now() });
  return pageOf(fleet, input);
}

/** Who asks the same of the same sight gets the same page. */
const pageOf = shareByInput((fleet: Fleet, input: ListNodesInput): NodePage => {
  const { network: _, sort, cursor, limit, ...filter } = input;
  const { at, rows: all, limits, stalled } = fleet;
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
});
