import { expect, it } from "vitest";
import { parsePublicKey } from "../../server/kernel/ss58.ts";
import { localNetworks } from "./local-network.ts";

const networks = localNetworks();

it("has 63 nodes in 3 clusters on mainnet and fewer elsewhere", () => {
  const shape = networks.map(({ plan, nodes }) => [plan.name, nodes.length, plan.clusters.length]);
  expect(shape).toEqual([
    ["mainnet", 63, 3],
    ["testnet", 21, 2],
    ["devnet", 9, 1],
  ]);
});

it("names every node, key and port once", () => {
  const nodes = networks.flatMap((network) => network.nodes);
  const count = (values: readonly unknown[]) => new Set(values).size;
  expect(count(nodes.map((node) => node.account.hex))).toBe(nodes.length);
  expect(count(nodes.map((node) => node.preferredPort))).toBe(nodes.length);
  expect(count(nodes.map((node) => `${node.network}/${node.name}`))).toBe(nodes.length);
});

it("writes addresses that the console reads back to the same key", () => {
  for (const node of networks.flatMap((network) => network.nodes))
    expect(parsePublicKey(node.account.ss58)).toBe(node.account.hex);
});

it("knows when a block was made and which one was the last", () => {
  for (const network of networks) {
    const height = network.heightAt(Date.UTC(2026, 10, 23));
    expect(network.heightAt(network.timeOf(height))).toBe(height);
    expect(network.heightAt(network.timeOf(height) - 1)).toBe(height - 1);
  }
});
