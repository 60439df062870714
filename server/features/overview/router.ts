import { router, viewerProcedure } from "../../trpc/init.ts";
import { getOverview } from "./get-overview.ts";
import { getOverviewSeries } from "./get-overview-series.ts";
import { overviewInput, overviewSchema, overviewSeriesInput, overviewSeriesSchema } from "./schema.ts";

export const overviewRouter = router({
  get: viewerProcedure
    .input(overviewInput)
    .output(overviewSchema)
    .query(({ ctx, input }) => getOverview(ctx, input)),
  series: viewerProcedure
    .input(overviewSeriesInput)
    .output(overviewSeriesSchema)
    .query(({ ctx, input }) => getOverviewSeries(ctx, input)),
});
