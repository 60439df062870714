import { nodeStates } from "../../../../../server/features/nodes/list-rules.ts";
import { stateOrder } from "../../../../../server/features/nodes/rules.ts";
import type { Facet, NodePage } from "../../../../../server/features/nodes/schema.ts";
import { shorten } from "../../../../_ui/format/shorten.ts";
import type { NodeListParams } from "../search-params.ts";
import { stateLooks } from "./state-looks.ts";

/** Filters with a list of values; each is a parameter of the address. */
export const filterFields = ["status", "cluster", "provider", "mode", "region", "version"] as const;
export type FilterField = (typeof filterFields)[number];

/** Values that a field can take, with the number of nodes that have each. */
export function optionsOf(field: FilterField, page: NodePage): Facet[] {
  if (field === "status") return statusOptions(page.byStatus);
  return page.facets[field === "cluster" ? "clusterId" : field];
}

/** A new set of parameters with one value of a field put in or taken out. */
export function withValue(
  params: NodeListParams,
  field: FilterField,
  value: string,
): Partial<NodeListParams> {
  const chosen: readonly string[] = params[field];
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return field === "status"
    ? { status: nodeStates.filter((state) => next.includes(state)) }
    : { [field]: next };
}

export type Chip = { field: FilterField; operator: string; value: string };

/** One chip for each field that narrows the list; names instead of ids where the page knows them. */
export function chipsOf(params: NodeListParams, page: NodePage | undefined): Chip[] {
  return filterFields
    .filter((field) => params[field].length > 0)
    .map((field) => {
      const options = page ? optionsOf(field, page) : [];
      const labels = params[field].map((value) => labelOf(field, value, options));
      return { field, operator: labels.length > 1 ? "is any of" : "is", value: inShort(labels) };
    });
}

export function hasFilter(params: NodeListParams): boolean {
  return params.q.trim() !== "" || filterFields.some((field) => params[field].length > 0);
}

export const noFilter = {
  q: "",
  status: [],
  cluster: [],
  provider: [],
  mode: [],
  region: [],
  version: [],
} satisfies Partial<NodeListParams>;

function statusOptions(byStatus: NodePage["byStatus"]): Facet[] {
  const counts = new Map(byStatus.map(({ kind, nodes }) => [kind, nodes]));
  return stateOrder.map((state) => ({
    value: state,
    label: stateLooks[state].word,
    nodes: counts.get(state) ?? 0,
  }));
}

function labelOf(field: FilterField, value: string, options: readonly Facet[]): string {
  const known = options.find((option) => option.value === value)?.label;
  if (known !== undefined || field !== "status") return known ?? value;
  const state = nodeStates.find((candidate) => candidate === value);
  return state ? stateLooks[state].word : value;
}

const longestLabel = 28;

function inShort(labels: readonly string[]): string {
  const shown = labels
    .slice(0, 3)
    .map((label) => (label.length > longestLabel ? shorten(label) : label))
    .join(", ");
  return labels.length > 3 ? `${shown} and ${labels.length - 3} more` : shown;
}
