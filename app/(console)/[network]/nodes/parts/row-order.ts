import type { NodeRow } from "../../../../../server/features/nodes/schema.ts";

export type RowOrder = {
  rows: readonly NodeRow[];
  /** Rows that are new, gone, or in another state since the order was made: what a person would miss. */
  news: number;
};

/** What the order was made from: keys from top to bottom with the state each had. */
export type Shown = ReadonlyMap<string, NodeRow["status"]["kind"]>;

export function shownOf(rows: readonly NodeRow[]): Shown {
  return new Map(rows.map((row) => [row.key, row.status.kind]));
}

/** Rows stay where they are while somebody reads them: new ones come last, gone ones leave. */
export function keepOrder(shown: Shown, rows: readonly NodeRow[]): RowOrder {
  const place = new Map([...shown.keys()].map((key, index) => [key, index]));
  const placeOf = (row: NodeRow) => place.get(row.key) ?? place.size;
  const changed = rows.filter((row) => shown.get(row.key) !== row.status.kind).length;
  const stayed = rows.filter((row) => shown.has(row.key)).length;
  return { rows: rows.toSorted((a, b) => placeOf(a) - placeOf(b)), news: changed + shown.size - stayed };
}
