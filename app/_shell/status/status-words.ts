import type { IndexerStatus, IngestStatus, SystemStatus } from "../../../server/features/system/schema.ts";
import { formatAge } from "../../_ui/format/duration.ts";
import { formatNumber, noReading } from "../../_ui/format/number.ts";

export type BarItem = { id: string; name: string; value: string; rest: string };

/** Indexer, ingest and Kafka in as few words as carry the truth; what is unknown is a dot. */
export function statusItems({ indexer, ingest }: Pick<SystemStatus, "indexer" | "ingest">): BarItem[] {
  const items: BarItem[] = [];
  const present = indexer.filter(({ state }) => state !== "absent");
  const slowest = present.toSorted((a, b) => (b.lagMs ?? Infinity) - (a.lagMs ?? Infinity)).at(0);
  if (slowest) items.push({ id: "indexer", name: "Indexer", ...indexerWords(slowest) });
  if (ingest.length > 0) {
    items.push({ id: "ingest", name: "Ingest", ...ingestWords(ingest) });
    items.push({ id: "kafka", name: "Kafka", value: formatNumber(sumRates(ingest)), rest: "records/s" });
  }
  return items;
}

function indexerWords({ height, lagBlocks, lagMs }: IndexerStatus) {
  if (height === null) return { value: noReading, rest: "height unknown" };
  const behind =
    lagBlocks === null
      ? "lag unknown"
      : `${formatNumber(lagBlocks)} ${lagBlocks === 1 ? "block" : "blocks"} behind`;
  const age = lagMs === null ? "" : `, ${formatAge(lagMs)}`;
  return { value: `#${formatNumber(height)}`, rest: `${behind}${age}` };
}

function ingestWords(ingest: readonly IngestStatus[]) {
  const isUnknown = ingest.some(({ recordsPerSecond }) => recordsPerSecond === null);
  // A topic that never brought anything is not behind.
  const known = ingest.map(({ behindMs }) => behindMs).filter((ms) => ms !== null);
  if (isUnknown || known.length === 0) return { value: noReading, rest: "lag unknown" };
  return { value: formatAge(Math.max(...known)), rest: "behind" };
}

/** Unknown as soon as one of them is: a sum of some would pass for the whole. */
function sumRates(ingest: readonly IngestStatus[]): number | null {
  let sum = 0;
  for (const { recordsPerSecond } of ingest) {
    if (recordsPerSecond === null) return null;
    sum += recordsPerSecond;
  }
  return sum;
}
