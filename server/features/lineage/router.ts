import { router, viewerProcedure } from "../../trpc/init.ts";
import { findNodes } from "./find-nodes.ts";
import { getCause } from "./get-cause.ts";
import { getEdge } from "./get-edge.ts";
import { getGraph } from "./get-graph.ts";
import { getImpact } from "./get-impact.ts";
import { getNode } from "./get-node.ts";
import { listColumns } from "./list-columns.ts";
import {
  causeSchema,
  columnsInput,
  columnsSchema,
  edgeDetailSchema,
  edgeInput,
  findInput,
  foundSchema,
  graphInput,
  graphSchema,
  impactSchema,
  nodeDetailSchema,
  nodeInput,
  reachInput,
} from "./schema.ts";

export const lineageRouter = router({
  find: viewerProcedure
    .input(findInput)
    .output(foundSchema)
    .query(({ ctx, input }) => findNodes(ctx, input)),
  graph: viewerProcedure
    .input(graphInput)
    .output(graphSchema)
    .query(({ ctx, input }) => getGraph(ctx, input)),
  edge: viewerProcedure
    .input(edgeInput)
    .output(edgeDetailSchema)
    .query(({ ctx, input }) => getEdge(ctx, input)),
  node: viewerProcedure
    .input(nodeInput)
    .output(nodeDetailSchema)
    .query(({ ctx, input }) => getNode(ctx, input)),
  columns: viewerProcedure
    .input(columnsInput)
    .output(columnsSchema)
    .query(({ ctx, input }) => listColumns(ctx, input)),
  impact: viewerProcedure
    .input(reachInput)
    .output(impactSchema)
    .query(({ ctx, input }) => getImpact(ctx, input)),
  cause: viewerProcedure
    .input(reachInput)
    .output(causeSchema)
    .query(({ ctx, input }) => getCause(ctx, input)),
});
