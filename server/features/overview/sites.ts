import type { NodeRow } from "../nodes/schema.ts";
import { sumOf } from "../nodes/select-nodes.ts";
import type { Site } from "./schema.ts";

/** Nodes by where they stand: their site, else their region. Largest first, nodes by name. */
export function groupBySite(rows: readonly NodeRow[]): Site[] {
  const groups = Map.groupBy(rows, (row) => row.site ?? row.region ?? "elsewhere");
  return [...groups]
    .map(([site, nodes]) => ({
      site,
      region: regionOf(nodes),
      opsPerSecond: sumOf(nodes, "opsPerSecond"),
      nodes: nodes
        .map(({ key, name, status }) => ({ key, name, status }))
        .sort((a, b) => (a.name === b.name ? order(a.key, b.key) : order(a.name, b.name))),
    }))
    .sort((a, b) => b.nodes.length - a.nodes.length || order(a.site, b.site));
}

/** A site has one region; when its nodes say different ones, none is named. */
function regionOf(nodes: readonly NodeRow[]): string | null {
  const regions = new Set(nodes.flatMap((row) => row.region ?? []));
  return regions.size === 1 ? ([...regions][0] ?? null) : null;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
