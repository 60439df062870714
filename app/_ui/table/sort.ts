/** One key of a sort; the first of several leads. */
export type SortKey = { id: string; isDescending: boolean };

/**
 * A press on a column head: first ascending or descending as the column asks, then the other way, then not at all.
 * With `isAdded` (shift) the other keys stay.
 */
export function toggleSort(
  sort: readonly SortKey[],
  id: string,
  how: { isAdded: boolean; startsDescending: boolean },
): SortKey[] {
  const known = sort.find((key) => key.id === id);
  const others = how.isAdded ? sort.filter((key) => key.id !== id) : [];
  const next = nextDirection(known, how.startsDescending);
  if (!next) return others;
  if (how.isAdded && known) return sort.map((key) => (key.id === id ? { id, ...next } : key));
  return [...others, { id, ...next }];
}

function nextDirection(known: SortKey | undefined, startsDescending: boolean) {
  if (!known) return { isDescending: startsDescending };
  return known.isDescending === startsDescending ? { isDescending: !startsDescending } : null;
}

export type SortValue = string | number | bigint | null;

/** Sorts by all keys; a missing reading comes last in both directions, equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: readonly SortKey[],
  readValue: (row: Row, columnId: string) => SortValue,
): Row[] {
  if (sort.length === 0) return [...rows];
  const keyed = rows.map((row) => ({ row, values: sort.map((key) => readValue(row, key.id)) }));
  keyed.sort((a, b) => {
    for (const [index, key] of sort.entries()) {
      const order = compareValues(a.values[index] ?? null, b.values[index] ?? null, key.isDescending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function compareValues(a: SortValue, b: SortValue, isDescending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order =
    typeof a === "string" && typeof b === "string" ? collator.compare(a, b) : a < b ? -1 : a > b ? 1 : 0;
  return isDescending ? -order : order;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** "-p99,name" for the URL and back; unknown columns are dropped. */
export function formatSort(sort: readonly SortKey[]): string {
  return sort.map(({ id, isDescending }) => `${isDescending ? "-" : ""}${id}`).join(",");
}

export function parseSort(text: string, known: readonly string[]): SortKey[] {
  return text
    .split(",")
    .map((part) => ({ id: part.replace(/^-/, ""), isDescending: part.startsWith("-") }))
    .filter(({ id }) => known.includes(id));
}
