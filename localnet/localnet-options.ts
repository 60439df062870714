import { type NetworkName, networkNames } from "./network/plan.ts";

/** What a person may set in the environment; see README.md. */
export type LocalnetEnvironment = Readonly<Record<string, string | undefined>>;

export type LocalnetOptions = {
  directory: string;
  cacheDirectory: string;
  /** The user's own parts; null = ours. */
  databaseUrl: string | null;
  brokers: readonly string[] | null;
  /** A network with an indexer of the user's own is a real one: its nodes are not simulated. */
  simulated: readonly NetworkName[];
  recordsPerSecond: number;
  say(line: string): void;
};

/** `INDEXER_MAINNET_DDC_URL` and its like. */
export function indexerVariable(network: NetworkName): string {
  return `INDEXER_${network.toUpperCase()}_DDC_URL`;
}

export function simulatedNetworks(environment: LocalnetEnvironment): NetworkName[] {
  return networkNames.filter((network) => !environment[indexerVariable(network)]);
}
