import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { HostKind, SeriesKind } from "../../../../../server/features/nodes/history-schema.ts";
import { defaultFrom } from "../../../../../server/kernel/time-range.ts";

export const nodeTabs = ["overview", "operations", "probes", "events", "dashboard", "raw"] as const;
export type NodeTab = (typeof nodeTabs)[number];

export const nodeParsers = {
  tab: parseAsStringLiteral(nodeTabs).withDefault("overview"),
  /** How every chart of the page is shown. */
  as: parseAsStringLiteral(["charts", "tables"]).withDefault("charts"),
};

export const loadNodeParams = createLoader({
  tab: nodeParsers.tab,
  from: parseAsString.withDefault(defaultFrom),
  to: parseAsString.withDefault("now"),
});

const overviewKinds: SeriesKind[] = [
  "operations",
  "latency",
  "heatmap",
  "failures",
  "disk_read",
  "cpu_memory",
  "network",
];
const operationsKinds: SeriesKind[] = ["operations", "latency", "heatmap", "failures"];

/** Those of them that node-exporter can fill. */
export const hostKinds: HostKind[] = ["disk_read", "cpu_memory", "network"];

/** Panels that a tab draws: one query for all of them. */
export function seriesKindsOf(tab: NodeTab): SeriesKind[] {
  return tab === "operations" ? operationsKinds : overviewKinds;
}
