import { z } from "zod";
import { checkedOnce } from "../../trpc/checked-once.ts";
import { operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { compareNodes } from "./compare-nodes.ts";
import { getForecast } from "./get-forecast.ts";
import { getHostSeries } from "./get-host-series.ts";
import { getLimits } from "./get-limits.ts";
import { getNode } from "./get-node.ts";
import { getNodeHeatmap } from "./get-node-heatmap.ts";
import { getNodeSeries } from "./get-node-series.ts";
import {
  compareNodesInput,
  forecastSchema,
  heatmapSchema,
  hostSeriesInput,
  hostSeriesSchema,
  listNodeEventsInput,
  nodeComparisonSchema,
  nodeEventPageSchema,
  nodeForecastInput,
  nodeHeatmapInput,
  nodeSeriesInput,
  nodeSeriesSchema,
} from "./history-schema.ts";
import { listNodeEvents } from "./list-node-events.ts";
import { listNodes } from "./list-nodes.ts";
import { previewLimits } from "./preview-limits.ts";
import {
  limitsPreviewSchema,
  listNodesInput,
  networkSchema,
  nodeDetailSchema,
  nodeInput,
  nodeLimitsAnswerSchema,
  nodePageSchema,
  previewNodeLimitsInput,
  setNodeLimitsInput,
} from "./schema.ts";
import { setLimits } from "./set-limits.ts";

export const nodesRouter = router({
  list: viewerProcedure
    .input(listNodesInput)
    .output(checkedOnce(nodePageSchema))
    .query(({ ctx, input }) => listNodes(ctx, input)),
  get: viewerProcedure
    .input(nodeInput)
    .output(nodeDetailSchema)
    .query(({ ctx, input }) => getNode(ctx, input)),
  series: viewerProcedure
    .input(nodeSeriesInput)
    .output(nodeSeriesSchema)
    .query(({ ctx, input }) => getNodeSeries(ctx, input)),
  hostSeries: viewerProcedure
    .input(hostSeriesInput)
    .output(hostSeriesSchema)
    .query(({ ctx, input }) => getHostSeries(ctx, input)),
  heatmap: viewerProcedure
    .input(nodeHeatmapInput)
    .output(heatmapSchema)
    .query(({ ctx, input }) => getNodeHeatmap(ctx, input)),
  forecast: viewerProcedure
    .input(nodeForecastInput)
    .output(forecastSchema)
    .query(({ ctx, input }) => getForecast(ctx, input)),
  compare: viewerProcedure
    .input(compareNodesInput)
    .output(nodeComparisonSchema)
    .query(({ ctx, input }) => compareNodes(ctx, input)),
  events: viewerProcedure
    .input(listNodeEventsInput)
    .output(nodeEventPageSchema)
    .query(({ ctx, input }) => listNodeEvents(ctx, input)),
  limits: viewerProcedure
    .input(z.object({ network: networkSchema }))
    .output(nodeLimitsAnswerSchema)
    .query(({ ctx, input }) => getLimits(ctx, input)),
  previewLimits: viewerProcedure
    .input(previewNodeLimitsInput)
    .output(limitsPreviewSchema)
    .query(({ ctx, input }) => previewLimits(ctx, input)),
  setLimits: operatorProcedure
    .meta({ audit: "nodes.limits.changed" })
    .input(setNodeLimitsInput)
    .output(nodeLimitsAnswerSchema)
    .mutation(({ ctx, input }) => setLimits(ctx, input)),
});
