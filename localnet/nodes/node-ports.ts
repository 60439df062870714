import type { LocalNetwork } from "../network/local-network.ts";
import type { NetworkName } from "../network/plan.ts";
import { findFreePorts } from "../processes/free-port.ts";

/** HTTP port of each node, by network and node name. */
export type NodePorts = ReadonlyMap<NetworkName, Readonly<Record<string, number>>>;

/** The preferred ports where they are free, others where not. */
export async function findNodePorts(networks: readonly LocalNetwork[]): Promise<NodePorts> {
  const nodes = networks.flatMap((network) => network.nodes);
  const ports = await findFreePorts(nodes.map((node) => node.preferredPort));
  const placed = nodes.map((node, index) => ({ node, port: ports[index] ?? node.preferredPort }));
  return new Map(
    networks.map(({ plan }) => [
      plan.name,
      Object.fromEntries(
        placed.filter(({ node }) => node.network === plan.name).map(({ node, port }) => [node.name, port]),
      ),
    ]),
  );
}
