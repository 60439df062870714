import { createLoader, createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import {
  type ListNodesInput,
  type NodeSort,
  nodeSorts,
  nodeStates,
} from "../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { formatSort, parseSort, type SortKey } from "../../../_ui/table/sort.ts";

const choice = parseAsArrayOf(parseAsString);
const maxSorts = 4;

/** "status,-p99Ms": the first column leads, "-" is descending. */
const parseAsSort = createParser<SortKey[]>({
  parse: (text) => parseSort(text, nodeSorts).slice(0, maxSorts),
  serialize: formatSort,
  eq: (a, b) => formatSort(a) === formatSort(b),
});

/** What narrows the list: shared by page, compare and export. */
export const nodeFilterParsers = {
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
};

export const loadNodeFilter = createLoader(nodeFilterParsers);
export type NodeListParams = Awaited<ReturnType<typeof loadNodeFilter>>;

/** The same input on the server and in the browser, so that what was prefetched is found. */
export function toListInput(network: NetworkName, params: NodeListParams) {
  const { q, status, cluster, provider, mode, region, version, sort } = params;
  return {
    network,
    sort: sort.flatMap(toNodeSort),
    limit: 1_000,
    ...(q.trim() && { text: q.trim() }),
    ...(status.length > 0 && { status }),
    ...(cluster.length > 0 && { clusterId: cluster }),
    ...(provider.length > 0 && { provider }),
    ...(mode.length > 0 && { mode }),
    ...(region.length > 0 && { region }),
    ...(version.length > 0 && { version }),
  } satisfies ListNodesInput;
}

function toNodeSort({ id, isDescending }: SortKey): NodeSort[] {
  const by = nodeSorts.find((known) => known === id);
  return by ? [{ by, direction: isDescending ? "desc" : "asc" }] : [];
}
