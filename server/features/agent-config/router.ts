import { deployerProcedure, prodProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { placeInput } from "../deployments/schema.ts";
import { applyConfig } from "./apply-config.ts";
import { approveConfig } from "./approve-config.ts";
import { getConfig } from "./get-config.ts";
import { judgeConfigDraft } from "./judge-draft.ts";
import { listRevisions } from "./list-revisions.ts";
import { proposeConfig } from "./propose-config.ts";
import {
  changeConfigInput,
  configAppliedSchema,
  configIssueSchema,
  configProposalInput,
  configProposedSchema,
  configSchema,
  judgeConfigInput,
  listRevisionsInput,
  revisionPageSchema,
  withdrawConfigInput,
} from "./schema.ts";
import { withdrawConfig } from "./withdraw-config.ts";

export const agentConfigRouter = router({
  get: viewerProcedure
    .input(placeInput)
    .output(configSchema)
    .query(({ ctx, input }) => getConfig(ctx, input)),
  revisions: viewerProcedure
    .input(listRevisionsInput)
    .output(revisionPageSchema)
    .query(({ ctx, input }) => listRevisions(ctx, input)),
  judge: viewerProcedure
    .input(judgeConfigInput)
    .output(configIssueSchema.array())
    .query(({ ctx, input }) => judgeConfigDraft(ctx, input)),
  change: deployerProcedure
    .meta({ audit: "config.apply" })
    .input(changeConfigInput)
    .output(configAppliedSchema)
    .mutation(({ ctx, input }) => applyConfig(ctx, input)),
  propose: prodProcedure
    .meta({ audit: "config.propose" })
    .input(changeConfigInput)
    .output(configProposedSchema)
    .mutation(({ ctx, input }) => proposeConfig(ctx, input)),
  approve: prodProcedure
    .meta({ audit: "config.approve" })
    .input(configProposalInput)
    .output(configAppliedSchema)
    .mutation(({ ctx, input }) => approveConfig(ctx, input)),
  withdraw: prodProcedure
    .meta({ audit: "config.withdraw" })
    .input(withdrawConfigInput)
    .output(configProposedSchema)
    .mutation(({ ctx, input }) => withdrawConfig(ctx, input)),
});
