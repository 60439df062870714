import { type LocalNode, nodesOf } from "../localnet/network/local-node.ts";
import { networkPlans } from "../localnet/network/plan.ts";

const mainnetNodes = nodesOf(networkPlans.mainnet);

/** A node of the local network's mainnet, by name: its key is the same in every local network. */
export function knownNode(name: string): LocalNode {
  const node = mainnetNodes.find((candidate) => candidate.name === name);
  if (!node) throw new Error(`The local network has no node ${name}.`);
  return node;
}

export function nodePath({ network, account }: LocalNode): string {
  return `/${network}/nodes/${account.hex}`;
}
