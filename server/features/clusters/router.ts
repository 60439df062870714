import { router, viewerProcedure } from "../../trpc/init.ts";
import { getCluster } from "./get-cluster.ts";
import { getClusterHistory } from "./get-cluster-history.ts";
import { listClusters } from "./list-clusters.ts";
import {
  clusterDetailSchema,
  clusterHistorySchema,
  clusterInput,
  clusterPageSchema,
  getClusterInput,
  listClustersInput,
} from "./schema.ts";

export const clustersRouter = router({
  list: viewerProcedure
    .input(listClustersInput)
    .output(clusterPageSchema)
    .query(({ ctx, input }) => listClusters(ctx, input)),
  get: viewerProcedure
    .input(clusterInput)
    .output(clusterDetailSchema)
    .query(({ ctx, input }) => getCluster(ctx, input)),
  history: viewerProcedure
    .input(getClusterInput)
    .output(clusterHistorySchema)
    .query(({ ctx, input }) => getClusterHistory(ctx, input)),
});
