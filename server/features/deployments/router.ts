import { deployerProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { applySet } from "./apply-set.ts";
import { dryRunSet } from "./dry-run.ts";
import { getDeployment } from "./get-deployment.ts";
import { judgeDraft } from "./judge-draft.ts";
import { listPlaces } from "./list-places.ts";
import { listSets } from "./list-sets.ts";
import { reapplySet } from "./reapply-set.ts";
import {
  appliedSchema,
  applySetInput,
  deploymentSchema,
  dryRunSchema,
  judgeSetInput,
  listSetsInput,
  placeInput,
  placeSummarySchema,
  placesInput,
  reapplySetInput,
  setPageSchema,
  setVerdictSchema,
} from "./schema.ts";

export const deploymentsRouter = router({
  get: viewerProcedure
    .input(placeInput)
    .output(deploymentSchema)
    .query(({ ctx, input }) => getDeployment(ctx, input)),
  places: viewerProcedure
    .input(placesInput)
    .output(placeSummarySchema.array())
    .query(({ ctx, input }) => listPlaces(ctx, input)),
  sets: viewerProcedure
    .input(listSetsInput)
    .output(setPageSchema)
    .query(({ ctx, input }) => listSets(ctx, input)),
  judge: viewerProcedure
    .input(judgeSetInput)
    .output(setVerdictSchema)
    .query(({ ctx, input }) => judgeDraft(ctx, input)),
  dryRun: viewerProcedure
    .input(judgeSetInput)
    .output(dryRunSchema)
    .query(({ ctx, input }) => dryRunSet(ctx, input)),
  applySet: deployerProcedure
    .meta({ audit: "deployment.apply" })
    .input(applySetInput)
    .output(appliedSchema)
    .mutation(({ ctx, input }) => applySet(ctx, input)),
  reapplySet: deployerProcedure
    .meta({ audit: "deployment.reapply" })
    .input(reapplySetInput)
    .output(appliedSchema)
    .mutation(({ ctx, input }) => reapplySet(ctx, input)),
});
