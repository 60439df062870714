import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { directions, grades } from "../../../../../server/features/lineage/graph-rules.ts";
import { mostDepth } from "../../../../../server/features/lineage/limit-rules.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";

export const lineageViews = ["graph", "columns", "impact", "cause"] as const;

export const lineageParsers = {
  /** "<kind>:<key>"; empty = nothing chosen yet. */
  root: parseAsString.withDefault(""),
  depth: parseAsInteger.withDefault(3),
  asOf: parseAsString.withDefault(""),
  dir: parseAsStringLiteral(directions).withDefault("both"),
  grades: parseAsArrayOf(parseAsStringLiteral(grades)).withDefault([...grades]),
  /** Nodes of which more neighbours are drawn. */
  opened: parseAsArrayOf(parseAsString).withDefault([]),
  view: parseAsStringLiteral(lineageViews).withDefault("graph"),
  /** "<from>-<to>-<kind>": the edge whose evidence is shown. */
  edge: parseAsString,
  /** Id of the node that is shown beside the graph. */
  node: parseAsString,
  /** Root cause looks back to here. */
  since: parseAsString.withDefault("now-24h"),
  q: parseAsString.withDefault(""),
};
export type LineageParams = inferParserType<typeof lineageParsers>;
export const loadLineage = createLoader(lineageParsers);

/** The same on the server and in the browser, so that what was prefetched is found. */
export function toGraphInput(
  network: NetworkName,
  params: Pick<LineageParams, "root" | "depth" | "asOf" | "dir" | "grades" | "opened">,
) {
  return {
    ...toRootInput(network, params),
    depth: Math.min(mostDepth, Math.max(1, params.depth)),
    direction: params.dir,
    grades: params.grades.length === 0 ? [...grades] : params.grades,
    opened: params.opened,
  };
}

export function toRootInput(network: NetworkName, { root, asOf }: Pick<LineageParams, "root" | "asOf">) {
  return { network, root, ...(asOf !== "" && { asOf }) };
}
