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
  /** Hours before the very first start whose requests are written. */
  historyHours: number;
  /** The console's database is there; awaited while the broker starts. */
  onDatabase?(databaseUrl: string): Promise<void>;
  /** What the caller runs beside it, one line each, for `status`. */
  otherParts?(): readonly string[];
  say(line: string): void;
};

const usualHistoryHours = 3;
const mostHistoryHours = 24;

/** `LOCALNET_HISTORY_HOURS`: what was before the very first start has to be caught up with. Throws on what is no such number. */
export function historyHours(environment: LocalnetEnvironment): number {
  const { LOCALNET_HISTORY_HOURS: asked = String(usualHistoryHours) } = environment;
  const hours = Number(asked);
  if (!/^\d+$/.test(asked) || hours > mostHistoryHours)
    throw new Error(
      `LOCALNET_HISTORY_HOURS is "${asked}"; it takes a whole number from 0 to ${mostHistoryHours}.`,
    );
  return hours;
}

/** `INDEXER_MAINNET_DDC_URL` and its like. */
export function indexerVariable(network: NetworkName): string {
  return `INDEXER_${network.toUpperCase()}_DDC_URL`;
}

export function simulatedNetworks(environment: LocalnetEnvironment): NetworkName[] {
  return networkNames.filter((network) => !environment[indexerVariable(network)]);
}
