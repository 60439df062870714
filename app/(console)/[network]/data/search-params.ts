import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { bucketSorts, visibilities } from "../../../../server/features/inventory/list-rules.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { formatSort, parseSort, type SortKey } from "../../../_ui/table/sort.ts";

/** "-requests24h": "-" is descending. One column orders the list; buckets that tie stand by their number. */
const parseAsSort = createParser<SortKey[]>({
  parse: (text) => parseSort(text, bucketSorts).slice(0, 1),
  serialize: formatSort,
  eq: (a, b) => formatSort(a) === formatSort(b),
});

const listParsers = {
  q: parseAsString.withDefault(""),
  owner: parseAsString,
  cluster: parseAsString,
  reads: parseAsStringLiteral(visibilities),
  removed: parseAsStringLiteral(["yes", "any"]),
  active: parseAsStringLiteral(["yes"]),
  sort: parseAsSort.withDefault([{ id: "requests24h", isDescending: true }]),
};

export const bucketsParsers = {
  ...listParsers,
  cols: parseAsString,
  /** The bucket that is open beside the list. */
  peek: parseAsString,
};

export const loadBuckets = createLoader(listParsers);
export type BucketFilter = inferParserType<typeof listParsers>;

export const noBucketFilter = {
  q: "",
  owner: null,
  cluster: null,
  reads: null,
  removed: null,
  active: null,
} as const;

/** The same input on the server and in the browser, so that what was prefetched is found. */
export function toBucketsInput(network: NetworkName, filter: BucketFilter) {
  const { q, owner, cluster, reads, removed, active, sort } = filter;
  const [first] = sort;
  const text = q.trim();
  return {
    network,
    sort: bucketSorts.find((known) => known === first?.id) ?? "requests24h",
    order: first?.isDescending === false ? ("asc" as const) : ("desc" as const),
    isRemoved: removed === "any" ? null : removed === "yes",
    ...(text !== "" && { text }),
    ...(owner !== null && { owner }),
    ...(cluster !== null && { clusterId: cluster }),
    ...(reads !== null && { visibility: reads }),
    ...(active !== null && { isActive: true }),
  };
}
