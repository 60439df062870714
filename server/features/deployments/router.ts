import { deployerProcedure, prodProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { applySet } from "./apply-set.ts";
import { approveProposal } from "./approve-proposal.ts";
import { dryRunSet } from "./dry-run.ts";
import { getDeployment } from "./get-deployment.ts";
import { judgeDraft } from "./judge-draft.ts";
import { listCallers } from "./list-callers.ts";
import { listPlaces } from "./list-places.ts";
import { listSets } from "./list-sets.ts";
import { proposeReapply, proposeSet } from "./propose-set.ts";
import { reapplySet } from "./reapply-set.ts";
import {
  appliedSchema,
  applySetInput,
  callersInput,
  callersSchema,
  deploymentSchema,
  dryRunSchema,
  judgeSetInput,
  listSetsInput,
  placeInput,
  placeSummarySchema,
  placesInput,
  proposalInput,
  proposedSchema,
  reapplySetInput,
  setPageSchema,
  setVerdictSchema,
  withdrawProposalInput,
} from "./schema.ts";
import { withdrawProposal } from "./withdraw-proposal.ts";

export const deploymentsRouter = router({
  get: viewerProcedure
    .input(placeInput)
    .output(deploymentSchema)
    .query(({ ctx, input }) => getDeployment(ctx, input)),
  places: viewerProcedure
    .input(placesInput)
    .output(placeSummarySchema.array())
    .query(({ ctx, input }) => listPlaces(ctx, input)),
  callers: viewerProcedure
    .input(callersInput)
    .output(callersSchema)
    .query(({ ctx, input }) => listCallers(ctx, input)),
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
  proposeSet: prodProcedure
    .meta({ audit: "deployment.propose" })
    .input(applySetInput)
    .output(proposedSchema)
    .mutation(({ ctx, input }) => proposeSet(ctx, input)),
  proposeReapply: prodProcedure
    .meta({ audit: "deployment.propose" })
    .input(reapplySetInput)
    .output(proposedSchema)
    .mutation(({ ctx, input }) => proposeReapply(ctx, input)),
  approveProposal: prodProcedure
    .meta({ audit: "deployment.approve" })
    .input(proposalInput)
    .output(appliedSchema)
    .mutation(({ ctx, input }) => approveProposal(ctx, input)),
  withdrawProposal: prodProcedure
    .meta({ audit: "deployment.withdraw" })
    .input(withdrawProposalInput)
    .output(proposedSchema)
    .mutation(({ ctx, input }) => withdrawProposal(ctx, input)),
});
