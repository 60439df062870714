import type { LocalNetwork } from "../network/local-network.ts";
import type { LocalNode } from "../network/local-node.ts";
import type { NetworkName } from "../network/plan.ts";
import { findFreePorts } from "../processes/free-port.ts";

/** HTTP port of each node, by network and node name; its gRPC port by `grpcPortName`. */
export type NodePorts = ReadonlyMap<NetworkName, Readonly<Record<string, number>>>;

/** The preferred ports where they are free, others where not. */
export async function findNodePorts(networks: readonly LocalNetwork[]): Promise<NodePorts> {
  const wanted = networks
    .flatMap((network) => network.nodes)
    .flatMap((node) => [
      { network: node.network, name: node.name, preferred: node.preferredPort },
      { network: node.network, name: grpcPortName(node.name), preferred: preferredGrpcPort(node) },
    ]);
  const ports = await findFreePorts(wanted.map(({ preferred }) => preferred));
  const placed = wanted.map((place, index) => ({ ...place, port: ports[index] ?? place.preferred }));
  return new Map(
    networks.map(({ plan }) => [
      plan.name,
      Object.fromEntries(
        placed.filter(({ network }) => network === plan.name).map(({ name, port }) => [name, port]),
      ),
    ]),
  );
}

export function grpcPortName(nodeName: string): string {
  return `${nodeName}/grpc`;
}

export function preferredGrpcPort({ preferredPort }: Pick<LocalNode, "preferredPort">): number {
  return preferredPort + 400;
}
