import { router, viewerProcedure } from "../../trpc/init.ts";
import { getStatus } from "./get-status.ts";
import { systemStatusInput, systemStatusSchema } from "./schema.ts";

export const systemRouter = router({
  status: viewerProcedure
    .input(systemStatusInput)
    .output(systemStatusSchema)
    .query(({ ctx, input }) => getStatus(ctx, input)),
});
