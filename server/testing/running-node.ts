import { createServer } from "node:net";
import { BucketObjects } from "../../localnet/content/bucket-objects.ts";
import { ContentIndex } from "../../localnet/content/content-index.ts";
import { type LocalNetwork, localNetwork } from "../../localnet/network/local-network.ts";
import type { LocalNode } from "../../localnet/network/local-node.ts";
import { type Disturbance, undisturbed } from "../../localnet/nodes/disturbance.ts";
import { NodeContent } from "../../localnet/nodes/node-content.ts";
import { NodeServer } from "../../localnet/nodes/node-server.ts";
import type { ContentTarget } from "../ports/content-store.ts";

/** One cluster of nine nodes; node 1 is Full, node 5 Cache: those have everything. */
export const devnet: LocalNetwork = localNetwork("devnet");
export const objects: BucketObjects = new BucketObjects("devnet");
const index = new ContentIndex(devnet.plan, objects);

export type RunningNode = AsyncDisposable & {
  node: LocalNode;
  target: ContentTarget;
  disturb(disturbance: Partial<Disturbance>): Promise<void>;
};

/** A node of the local network on ports of its own. */
export async function runNode(number = 1): Promise<RunningNode> {
  const node = devnet.nodes.find((candidate) => candidate.number === number);
  if (!node) throw new Error(`devnet has no node ${number}.`);
  const ports = { http: await freePort(), grpc: await freePort() };
  const content = new NodeContent(node, devnet, index);
  const server = new NodeServer({ node, ports, content, disturbance: undisturbed });
  await server.open();
  return {
    node,
    target: { host: "127.0.0.1", domain: null, ssl: false, httpPort: ports.http, grpcPort: ports.grpc },
    disturb: (disturbance) => server.change({ ...undisturbed, ...disturbance }),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
