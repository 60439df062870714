import { formatAge } from "../../_ui/format/duration.ts";
import { formatNumber, noReading } from "../../_ui/format/number.ts";

type Part = { state: string; reason: string | null; since: string | null };

/** The part of `system.status` that the bar reads. */
export type ShownStatus = {
  version: string;
  commit: string;
  indexer: readonly (Part & {
    family: string;
    height: number | string | null;
    lagBlocks: number | null;
    lagMs: number | null;
  })[];
  ingest: readonly (Part & { binding: string; recordsPerSecond: number | null; behindMs: number | null })[];
  degraded: readonly { part: string; reason: string; since: string | null; panels: readonly string[] }[];
};

export type BarItem = { id: string; name: string; value: string; rest: string };

/** Indexer, ingest and Kafka in as few words as carry the truth; what is unknown is a dot. */
export function statusItems({ indexer, ingest }: Pick<ShownStatus, "indexer" | "ingest">): BarItem[] {
  const items: BarItem[] = [];
  const slowest = indexer.toSorted((a, b) => (b.lagMs ?? Infinity) - (a.lagMs ?? Infinity)).at(0);
  if (slowest) items.push({ id: "indexer", name: "Indexer", ...indexerWords(slowest) });
  if (ingest.length > 0) {
    items.push({ id: "ingest", name: "Ingest", ...ingestWords(ingest) });
    items.push({ id: "kafka", name: "Kafka", value: formatNumber(sumRates(ingest)), rest: "records/s" });
  }
  return items;
}

function indexerWords({ height, lagBlocks, lagMs }: ShownStatus["indexer"][number]) {
  if (height === null) return { value: noReading, rest: "height unknown" };
  const behind =
    lagBlocks === null
      ? "lag unknown"
      : `${formatNumber(lagBlocks)} ${lagBlocks === 1 ? "block" : "blocks"} behind`;
  const age = lagMs === null ? "" : `, ${formatAge(lagMs)}`;
  return { value: `#${formatNumber(Number(height))}`, rest: `${behind}${age}` };
}

function ingestWords(ingest: ShownStatus["ingest"]) {
  const known = ingest.map(({ behindMs }) => behindMs).filter((ms) => ms !== null);
  if (known.length < ingest.length) return { value: noReading, rest: "lag unknown" };
  return { value: formatAge(Math.max(...known)), rest: "behind" };
}

/** Unknown as soon as one of them is: a sum of some would pass for the whole. */
function sumRates(ingest: ShownStatus["ingest"]): number | null {
  let sum = 0;
  for (const { recordsPerSecond } of ingest) {
    if (recordsPerSecond === null) return null;
    sum += recordsPerSecond;
  }
  return sum;
}
