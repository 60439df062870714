import { auditorProcedure, router } from "../../trpc/init.ts";
import { listAudit } from "./list-audit.ts";
import { auditPageSchema, listAuditInput } from "./schema.ts";

export const auditRouter = router({
  list: auditorProcedure
    .input(listAuditInput)
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAudit(ctx, input)),
});
