import type { NodeListInput } from "../search-params.ts";

/** The filter and its order as an export is asked for them. */
export function exportQuery(input: NodeListInput): Record<string, string> {
  const { limit: _, sort, ...filter } = input;
  const order = sort.map(({ by, direction }) => (direction === "desc" ? `-${by}` : by)).join(",");
  const query = Object.entries(filter).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(query), ...(order && { sort: order }) };
}
