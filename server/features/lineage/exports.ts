import { z } from "zod";
import { defineExport, parseQuery } from "../exports/source.ts";
import { getGraph } from "./get-graph.ts";
import { directions } from "./graph-rules.ts";
import { graphInput } from "./schema.ts";

export const lineageExport = defineExport({
  name: "lineage",
  about: "The edges of the graph around one thing, as the page draws it",
  role: "viewer",
  query: graphInput
    .pick({ network: true, root: true })
    .extend({ depth: z.coerce.number(), direction: z.enum(directions), asOf: z.string().max(40).optional() }),
  open: async (ctx, query) => {
    const graph = await getGraph(ctx, parseQuery(graphInput, query));
    const names = new Map(graph.nodes.map((node) => [node.id, node]));
    const rows = graph.edges.map((edge) => ({
      from_kind: names.get(edge.from)?.kind ?? null,
      from_key: names.get(edge.from)?.key ?? null,
      kind: edge.kind,
      to_kind: names.get(edge.to)?.kind ?? null,
      to_key: names.get(edge.to)?.key ?? null,
      grade: edge.grade,
      valid_from: edge.validFrom,
      valid_to: edge.validTo,
    }));
    return {
      fileName: `lineage-${query.network}`,
      title: `Lineage of ${query.root}`,
      columns: ["from_kind", "from_key", "kind", "to_kind", "to_key", "grade", "valid_from", "valid_to"],
      total: { rows: rows.length, isEstimate: false },
      batches: async function* () {
        yield rows;
      },
    };
  },
});
