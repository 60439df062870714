import type { NodeRow } from "../../../../../../server/features/nodes/schema.ts";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { formatNumber, noReading } from "../../../../../_ui/format/number.ts";
import { formatPercent, formatShare } from "../../../../../_ui/format/percent.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { formatGigabits } from "../../parts/format-gigabits.ts";
import { stateLooks } from "../../parts/state-looks.ts";

export type ComparedCell = {
  text: string;
  /** Stands apart from the others. */
  isOdd: boolean;
};

export type ComparedRow = {
  label: string;
  unit: string;
  isNumber: boolean;
  cells: ComparedCell[];
  /** At least one stands apart. */
  differs: boolean;
};

/** The nodes side by side, one line a fact or figure; what stands apart is marked. */
export function compareRows(nodes: readonly NodeRow[]): ComparedRow[] {
  return [
    ...facts.map(({ label, read }) => factRow(label, nodes.map(read))),
    ...figures.map((figure) => figureRow(figure, nodes)),
  ];
}

type Fact = { label: string; read: (node: NodeRow) => string | null };
type Figure = {
  label: string;
  unit: string;
  read: (node: NodeRow) => number | null;
  format: (value: number | null) => string;
};

const facts: readonly Fact[] = [
  { label: "Status", read: (node) => stateLooks[node.status.kind].word },
  { label: "Version", read: (node) => node.version },
  { label: "Mode", read: (node) => node.mode },
  { label: "Cluster", read: (node) => node.clusterName ?? node.clusterId },
  { label: "Provider", read: (node) => node.provider },
  { label: "Region", read: (node) => node.region },
];

const figures: readonly Figure[] = [
  { label: "Operations", unit: "/s", read: (node) => node.opsPerSecond, format: formatNumber },
  { label: "Latency p50", unit: "ms", read: (node) => node.p50Ms, format: formatMs },
  { label: "Latency p95", unit: "ms", read: (node) => node.p95Ms, format: formatMs },
  { label: "Latency p99", unit: "ms", read: (node) => node.p99Ms, format: formatMs },
  { label: "Errors, 15 min", unit: "%", read: (node) => node.failureRatio, format: formatPercent },
  { label: "CPU", unit: "%", read: (node) => node.cpu, format: formatShare },
  { label: "Memory", unit: "%", read: (node) => node.memory, format: formatShare },
  { label: "Disk", unit: "%", read: (node) => node.disk, format: formatShare },
  { label: "Disk read", unit: "ms", read: (node) => node.diskReadMs, format: formatMs },
  { label: "Network in", unit: "Gb/s", read: (node) => node.netInBps, format: formatGigabits },
  { label: "Network out", unit: "Gb/s", read: (node) => node.netOutBps, format: formatGigabits },
  { label: "Link", unit: "Gb/s", read: (node) => node.linkBps, format: formatGigabits },
  { label: "Stored", unit: "", read: (node) => node.storedBytes, format: formatBytes },
  { label: "Capacity", unit: "", read: (node) => node.capacityBytes, format: formatBytes },
];

/** Odd is what is not the most common value; when none is more common than another, all that is known. */
function factRow(label: string, values: readonly (string | null)[]): ComparedRow {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const common = [...counts].filter(([, count]) => count === most).map(([value]) => value);
  const cells = values.map((value) => ({
    text: value === null ? noReading : shorten(value, 10, 6),
    isOdd: value !== null && counts.size > 1 && (common.length > 1 || value !== common[0]),
  }));
  return { label, unit: "", isNumber: false, cells, differs: cells.some(({ isOdd }) => isOdd) };
}

/** A figure is odd from half as much again, or less than two thirds, of what is usual. */
const oddFactor = 1.5;

function figureRow({ label, unit, read, format }: Figure, nodes: readonly NodeRow[]): ComparedRow {
  const values = nodes.map(read);
  const cells = values.map((value, index) => ({
    text: format(value),
    isOdd: isFar(value, usualFor(index, values)),
  }));
  return { label, unit, isNumber: true, cells, differs: cells.some(({ isOdd }) => isOdd) };
}

/** The median; of two nodes, each is measured by the other. */
function usualFor(index: number, values: readonly (number | null)[]): number | null {
  const isPair = values.filter((value) => value !== null).length === 2;
  return medianOf(isPair ? values.filter((_, other) => other !== index) : values);
}

function isFar(value: number | null, usual: number | null): boolean {
  if (value === null || usual === null || value === usual) return false;
  return value > usual * oddFactor || value < usual / oddFactor;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = (known.length - 1) / 2;
  const [low, high] = [known[Math.floor(middle)], known[Math.ceil(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
