import type { NetworkName } from "../../kernel/networks.ts";
import type { RegistrySource } from "../registry/schema.ts";

/** May deposits and charges be shown, or why not? Known sums stay known while their source is away. */
export function ledgerAbsence(network: NetworkName, source: RegistrySource | undefined): string | null {
  if (source === undefined) return "No ingest worker has looked for an indexer yet.";
  if (source.state === "absent") return source.reason ?? `${network} has no ddc indexer.`;
  if (source.projectedHeight !== null) return null;
  return source.reason ?? "The indexer was not read yet.";
}

/** What the ddc family leaves out, in words for a person. */
export function ledgerCaveats(source: RegistrySource | undefined): string[] {
  const left = [
    "The public squid keeps one deposit and one charge of an account for each batch of blocks, so sums are at least this much.",
    "Rewards, fees and payment eras are not in the ddc indexer; a chain indexer (subsquid-labs/giant-squid-explorer) would fill them.",
  ];
  return source && source.state !== "ok" && source.reason !== null
    ? [`As of #${source.finalizedHeight ?? source.height ?? 0}: ${source.reason}`, ...left]
    : left;
}

export function wholeHours(from: Date, to: Date): { from: Date; to: Date } {
  const hourMs = 3_600_000;
  return {
    from: new Date(Math.floor(from.getTime() / hourMs) * hourMs),
    to: new Date(Math.ceil(to.getTime() / hourMs) * hourMs),
  };
}
