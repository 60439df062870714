import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { maxNodesPerPage, nodeSorts, nodeStates } from "../../../../server/features/nodes/list-rules.ts";
import type { ListNodesInput, NodeSort } from "../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import type { ColumnWidths } from "../../../_ui/table/columns.ts";
import { formatSort, parseSort, type SortKey } from "../../../_ui/table/sort.ts";

const choice = parseAsArrayOf(parseAsString);
const maxSorts = 4;
const rowsAtFirst = 1_000;

export function moreRows(max: number): number {
  return Math.min(maxNodesPerPage, max + rowsAtFirst);
}

/** "status,-p99Ms": the first column leads, "-" is descending. */
const parseAsSort = createParser<SortKey[]>({
  parse: (text) => parseSort(text, nodeSorts).slice(0, maxSorts),
  serialize: formatSort,
  eq: (a, b) => formatSort(a) === formatSort(b),
});

/** What narrows and orders the list: the page and its export are asked with the same. */
const listParsers = {
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(nodeStates)).withDefault([]),
  cluster: choice.withDefault([]),
  provider: choice.withDefault([]),
  mode: choice.withDefault([]),
  region: choice.withDefault([]),
  version: choice.withDefault([]),
  sort: parseAsSort.withDefault([
    { id: "status", isDescending: false },
    { id: "p99Ms", isDescending: true },
  ]),
  /** Rows that are loaded at once. */
  max: parseAsInteger.withDefault(rowsAtFirst),
};

/** "name.240~p99Ms.90": columns that somebody has dragged to another width. */
const parseAsWidths = createParser<ColumnWidths>({
  parse: (text) => Object.fromEntries(text.split("~").flatMap(readWidth)),
  serialize: (widths) =>
    Object.entries(widths)
      .map(([id, width]) => `${id}.${width}`)
      .join("~"),
});

/** Everything of the page that its address holds. */
export const nodesParsers = {
  ...listParsers,
  /** Shown columns; absent = as at first. */
  cols: choice,
  widths: parseAsWidths.withDefault({}),
  rows: parseAsStringLiteral(["normal", "compact"]).withDefault("normal"),
  /** Key of the node beside the list. */
  peek: parseAsString,
};

export const loadNodeList = createLoader(listParsers);
export type NodeListParams = inferParserType<typeof listParsers>;

/** The same input on the server and in the browser, so that what was prefetched is found. */
export function toListInput(network: NetworkName, params: NodeListParams) {
  const { q, status, cluster, provider, mode, region, version, sort } = params;
  return {
    network,
    sort: sort.flatMap(toNodeSort),
    limit: Math.min(maxNodesPerPage, Math.max(1, params.max)),
    ...(q.trim() && { text: q.trim() }),
    ...(status.length > 0 && { status }),
    ...(cluster.length > 0 && { clusterId: cluster }),
    ...(provider.length > 0 && { provider }),
    ...(mode.length > 0 && { mode }),
    ...(region.length > 0 && { region }),
    ...(version.length > 0 && { version }),
  } satisfies ListNodesInput;
}
export type NodeListInput = ReturnType<typeof toListInput>;

function toNodeSort({ id, isDescending }: SortKey): NodeSort[] {
  const by = nodeSorts.find((known) => known === id);
  return by ? [{ by, direction: isDescending ? "desc" : "asc" }] : [];
}

function readWidth(part: string): [string, number][] {
  const [, id, width] = /^(\w+)\.(\d{2,4})$/.exec(part) ?? [];
  return id && width ? [[id, Number(width)]] : [];
}
