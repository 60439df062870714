import { pageBatches } from "../exports/page-batches.ts";
import { defineExport, parseQuery } from "../exports/source.ts";
import { nodeExportColumns, nodeExportRow, seriesExportColumns, seriesExportRows } from "./export-rows.ts";
import { exportedKinds, exportNodesQuery, exportSeriesQuery, toListQuery } from "./export-schema.ts";
import { getNodeSeries } from "./get-node-series.ts";
import { listNodes } from "./list-nodes.ts";
import { listNodesInput } from "./schema.ts";

export const nodesExport = defineExport({
  name: "nodes",
  about: "The nodes of a network, as the page filters them",
  role: "viewer",
  query: exportNodesQuery,
  open: async (ctx, query) => {
    const input = parseQuery(listNodesInput, toListQuery(query));
    const first = await listNodes(ctx, input);
    return {
      fileName: `nodes-${input.network}`,
      title: `Nodes of ${input.network}`,
      columns: nodeExportColumns,
      total: { rows: first.matching, isEstimate: false },
      batches: pageBatches(
        async (cursor) => (cursor === null ? first : listNodes(ctx, { ...input, cursor })),
        nodeExportRow,
      ),
    };
  },
});

export const nodeSeriesExport = defineExport({
  name: "node-series",
  about: "What a node did over a range of time",
  role: "viewer",
  query: exportSeriesQuery,
  open: async (ctx, query) => {
    const series = await getNodeSeries(ctx, { ...query, kinds: exportedKinds });
    const key = query.key.slice(0, 10);
    return {
      fileName: `node-${query.network}-${key}`,
      title: `Series of node ${key}`,
      columns: seriesExportColumns(series),
      total: { rows: series.steps.points, isEstimate: false },
      batches: async function* () {
        yield [...seriesExportRows(series)];
      },
    };
  },
});
