import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import { stateOrder } from "./rules.ts";
import type { Facet, NodeFilter, NodePage, NodeRow, NodeSort } from "./schema.ts";

const defaultSort: readonly NodeSort[] = [
  { by: "status", direction: "asc" },
  { by: "p99Ms", direction: "desc" },
];

export type Selection = {
  sort?: readonly NodeSort[] | undefined;
  cursor?: string | null | undefined;
  limit: number;
};

export function filterNodes(rows: readonly NodeRow[], filter: NodeFilter): NodeRow[] {
  const words = (filter.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      isIn(filter.status, row.status.kind) &&
      isIn(filter.clusterId, row.clusterId) &&
      isIn(filter.provider, row.provider) &&
      isIn(filter.region, row.region) &&
      isIn(filter.mode, row.mode) &&
      isIn(filter.version, row.version) &&
      words.every((word) => textOf(row).includes(word)),
  );
}

/**
 * One page in a total order: the sort columns, then the key. Unknown values come last in either direction. The cursor
 * holds the sort values of the last row, so a page goes on there although rows have moved since.
 */
export function pageNodes(rows: readonly NodeRow[], { sort, cursor, limit }: Selection): Page<NodeRow> {
  const order = sort && sort.length > 0 ? sort : defaultSort;
  const keyed = rows.map((row) => ({ row, values: sortValues(row, order) }));
  const after = cursor ? decodeCursor(cursor, order.length + 1) : null;
  const ahead =
    after === null ? keyed : keyed.filter(({ values }) => compareValues(values, after, order) > 0);
  ahead.sort((a, b) => compareValues(a.values, b.values, order));
  const page = ahead.slice(0, limit);
  const last = ahead.length > limit ? page.at(-1) : undefined;
  return { rows: page.map(({ row }) => row), next: last ? encodeCursor(last.values) : null };
}

export function countByStatus(rows: readonly NodeRow[]): NodePage["byStatus"] {
  const counts = Map.groupBy(rows, (row) => row.status.kind);
  return stateOrder.flatMap((kind) => {
    const nodes = counts.get(kind)?.length ?? 0;
    return nodes === 0 ? [] : [{ kind, nodes }];
  });
}

/** Null when no row knows the figure: a sum over nothing is not 0. */
export function sumOf(
  rows: readonly NodeRow[],
  field: "opsPerSecond" | "storedBytes" | "capacityBytes",
): number | null {
  const known = rows.flatMap((row) => row[field] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** Values of a column with the number of nodes that have them, most first. */
export function facetOf(
  rows: readonly NodeRow[],
  field: "clusterId" | "provider" | "region" | "mode" | "version",
): Facet[] {
  const counts = Map.groupBy(
    rows.filter((row) => row[field] !== null),
    (row) => row[field],
  );
  return [...counts]
    .flatMap(([value, found]) =>
      value === null ? [] : [{ value, label: labelOf(field, value, found), nodes: found.length }],
    )
    .sort((a, b) => b.nodes - a.nodes || (a.value < b.value ? -1 : 1));
}

type SortValue = string | number | null;

function sortValues(row: NodeRow, order: readonly NodeSort[]): SortValue[] {
  return [...order.map(({ by }) => sortValue(row, by)), row.key];
}

function sortValue(row: NodeRow, by: NodeSort["by"]): SortValue {
  if (by === "status") return stateOrder.indexOf(row.status.kind);
  const value = row[by];
  return typeof value === "string" && by !== "key" ? value.toLowerCase() : value;
}

function compareValues(a: readonly SortValue[], b: readonly SortValue[], order: readonly NodeSort[]): number {
  for (const [index, value] of a.entries()) {
    const compared = compareOne(value, b[index] ?? null, order[index]?.direction === "desc");
    if (compared !== 0) return compared;
  }
  return 0;
}

function compareOne(a: SortValue, b: SortValue, isDescending: boolean): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const ascending = typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === "number" ? -1 : 1;
  return isDescending ? -ascending : ascending;
}

function isIn<Value>(chosen: readonly Value[] | undefined, value: NoInfer<Value> | null): boolean {
  if (chosen === undefined || chosen.length === 0) return true;
  return value !== null && chosen.includes(value);
}

function textOf(row: NodeRow): string {
  const parts = [
    row.name,
    row.host,
    row.key,
    row.provider,
    row.region,
    row.clusterId,
    row.clusterName,
    row.version,
  ];
  return parts.join(" ").toLowerCase();
}

function labelOf(field: string, value: string, found: readonly NodeRow[]): string {
  if (field === "clusterId") return found[0]?.clusterName ?? value;
  return field === "provider" ? (found[0]?.providerName ?? value) : value;
}
