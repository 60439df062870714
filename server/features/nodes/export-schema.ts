import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { type SeriesKind, seriesKinds } from "./history-schema.ts";
import { maxNodesPerPage } from "./list-rules.ts";
import { nodeKeySchema } from "./schema.ts";

const listSchema = z.string().max(20_000).optional();

/** The filter and the order of the list, as a query string has them: several values with "," between. */
export const exportNodesQuery = z.object({
  network: z.enum(networkNames),
  text: z.string().max(200).optional(),
  status: listSchema,
  clusterId: listSchema,
  provider: listSchema,
  region: listSchema,
  mode: listSchema,
  version: listSchema,
  /** "status,-p99Ms": the first column leads, "-" is descending. */
  sort: z.string().max(200).optional(),
});
export type ExportNodesQuery = z.output<typeof exportNodesQuery>;

const momentSchema = z.string().max(40).optional();

export const exportSeriesQuery = z.object({
  network: z.enum(networkNames),
  key: nodeKeySchema,
  from: momentSchema,
  to: momentSchema,
  asOf: momentSchema,
});

/** What the list itself would be asked; to be parsed by its own schema. */
export function toListQuery({ network, text, sort, ...lists }: ExportNodesQuery): Record<string, unknown> {
  return {
    network,
    text,
    ...Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, valuesOf(values)])),
    sort: valuesOf(sort)?.map((column) => ({
      by: column.replace(/^-/, ""),
      direction: column.startsWith("-") ? "desc" : "asc",
    })),
    limit: maxNodesPerPage,
  };
}

/** A file of lines has no heatmap. */
export const exportedKinds = seriesKinds.filter(
  (kind): kind is Exclude<SeriesKind, "heatmap"> => kind !== "heatmap",
);

function valuesOf(text: string | undefined): string[] | undefined {
  const values = (text ?? "")
    .split(",")
    .map((value) => value.trim())
    .filter(Boolean);
  return values.length === 0 ? undefined : values;
}
