import type { NodeListInput } from "../search-params.ts";

/** The server streams no more than this. */
export const exportLimit = 5_000;

/** Where the server streams the nodes of a filter, in its order. */
export function exportHref(form: "csv" | "json", input: NodeListInput): string {
  const { limit: _, sort, ...filter } = input;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) search.set(name, String(value));
  if (sort.length > 0)
    search.set("sort", sort.map(({ by, direction }) => (direction === "desc" ? `-${by}` : by)).join(","));
  return `/api/exports/nodes.${form}?${search}`;
}
