import type { ListNodesInput } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";

/** The same question on the server and in the browser, so that what was prefetched is found. Trouble first. */
export function clusterNodesInput(network: NetworkName, clusterId: string) {
  return {
    network,
    clusterId: [clusterId],
    sort: [{ by: "status", direction: "asc" }],
    limit: 200,
  } satisfies ListNodesInput;
}
