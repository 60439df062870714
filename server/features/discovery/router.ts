import { operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { getPolicy } from "./get-policy.ts";
import { policyAnswerSchema, setPolicyInput } from "./schema.ts";
import { setPolicy } from "./set-policy.ts";

export const discoveryRouter = router({
  policy: viewerProcedure.output(policyAnswerSchema).query(({ ctx }) => getPolicy(ctx)),
  setPolicy: operatorProcedure
    .meta({ audit: "discovery.policy.changed" })
    .input(setPolicyInput)
    .output(policyAnswerSchema)
    .mutation(({ ctx, input }) => setPolicy(ctx, input)),
});
