import { router, viewerProcedure } from "../../trpc/init.ts";
import { countRuns } from "./count-runs.ts";
import { getLiveAt, getLiveHistory } from "./get-live-history.ts";
import { getRun } from "./get-run.ts";
import { listRunInstances } from "./list-instances.ts";
import { listRuns } from "./list-runs.ts";
import {
  listRunsInput,
  liveAtInput,
  liveAtSchema,
  liveHistorySchema,
  liveInput,
  runDetailSchema,
  runFilterInput,
  runInput,
  runInstanceSchema,
  runInstancesInput,
  runPageSchema,
  runTotalsSchema,
} from "./schema.ts";

export const runsRouter = router({
  list: viewerProcedure
    .input(listRunsInput)
    .output(runPageSchema)
    .query(({ ctx, input }) => listRuns(ctx, input)),
  totals: viewerProcedure
    .input(runFilterInput)
    .output(runTotalsSchema)
    .query(({ ctx, input }) => countRuns(ctx, input)),
  get: viewerProcedure
    .input(runInput)
    .output(runDetailSchema)
    .query(({ ctx, input }) => getRun(ctx, input)),
  instances: viewerProcedure
    .input(runInstancesInput)
    .output(runInstanceSchema.array())
    .query(({ ctx, input }) => listRunInstances(ctx, input)),
  live: viewerProcedure
    .input(liveInput)
    .output(liveHistorySchema)
    .query(({ ctx, input }) => getLiveHistory(ctx, input)),
  liveAt: viewerProcedure
    .input(liveAtInput)
    .output(liveAtSchema)
    .query(({ ctx, input }) => getLiveAt(ctx, input)),
});
