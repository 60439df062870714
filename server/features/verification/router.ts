import { operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { getPolicy } from "./get-policy.ts";
import { listChecks } from "./list-checks.ts";
import { resolveName } from "./resolve-name.ts";
import {
  checkPageSchema,
  listChecksInput,
  policyAnswerSchema,
  resolvedNameSchema,
  resolveNameInput,
  setPolicyInput,
} from "./schema.ts";
import { setPolicy } from "./set-policy.ts";

export const verificationRouter = router({
  list: viewerProcedure
    .input(listChecksInput)
    .output(checkPageSchema)
    .query(({ ctx, input }) => listChecks(ctx, input)),
  resolve: viewerProcedure
    .input(resolveNameInput)
    .output(resolvedNameSchema)
    .query(({ ctx, input }) => resolveName(ctx, input)),
  policy: viewerProcedure.output(policyAnswerSchema).query(({ ctx }) => getPolicy(ctx)),
  setPolicy: operatorProcedure
    .meta({ audit: "verification.policy.changed" })
    .input(setPolicyInput)
    .output(policyAnswerSchema)
    .mutation(({ ctx, input }) => setPolicy(ctx, input)),
});
