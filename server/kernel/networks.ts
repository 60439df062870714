import { invalid } from "./errors.ts";

export const networkNames = ["devnet", "testnet", "mainnet"] as const;
export type NetworkName = (typeof networkNames)[number];

/** A chain and its clusters. `id` is the smallint that hot tables store. */
export type Network = {
  name: NetworkName;
  id: number;
  /** Block 0 (npm @cere-ddc-sdk/blockchain .papi/polkadot-api.json); proves that a source belongs to the network. */
  genesisHash: string;
};

export const networks: readonly Network[] = [
  {
    name: "devnet",
    id: 1,
    genesisHash: "0x4e07f83548832c8b65ac13ec0fe76335fa69550cdeffd64b74877b49576bfa70",
  },
  {
    name: "testnet",
    id: 2,
    genesisHash: "0x42b9b44b4950b6c1edae543a7696caf8d0a160e9bc0424ab4ab217f7a8ba30dc",
  },
  {
    name: "mainnet",
    id: 3,
    genesisHash: "0x81443836a9a24caaa23f1241897d1235717535711d1d3fe24eae4fdc942c092c",
  },
];

/** CERE has 10 decimals; addresses carry SS58 prefix 54; a block takes 6 s (blockchain-node runtime/cere). */
export const cereDecimals = 10;
export const cereSs58Prefix = 54;
export const blockMs = 6_000;

export function networkByName(name: string): Network {
  const network = networks.find((candidate) => candidate.name === name);
  if (!network) throw invalid(`Unknown network "${name}". Known: ${networkNames.join(", ")}.`);
  return network;
}

export function networkById(id: number): Network {
  const network = networks.find((candidate) => candidate.id === id);
  if (!network) throw invalid(`Unknown network id ${id}.`);
  return network;
}

export function isNetworkName(name: string): name is NetworkName {
  return networkNames.some((known) => known === name);
}

/** For topics of which the configuration says that they belong to a network. */
export function requireNetwork(of: { topic: string; network: number | null }): number {
  if (of.network === null) throw new Error(`Topic ${of.topic} belongs to no network.`);
  return of.network;
}
