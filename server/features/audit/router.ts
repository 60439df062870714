import { z } from "zod";
import { auditorProcedure, router } from "../../trpc/init.ts";
import { checkChain } from "./check-chain.ts";
import { getChain } from "./get-chain.ts";
import { getAuditEntry, listAudit } from "./list-audit.ts";
import {
  auditEntryInput,
  auditEntrySchema,
  auditPageSchema,
  chainStateSchema,
  listAuditInput,
} from "./schema.ts";

export const auditRouter = router({
  list: auditorProcedure
    .input(listAuditInput)
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  entry: auditorProcedure
    .input(auditEntryInput)
    .output(auditEntrySchema)
    .query(({ ctx, input }) => getAuditEntry(ctx, input)),
  chain: auditorProcedure.output(chainStateSchema).query(({ ctx }) => getChain(ctx)),
  check: auditorProcedure
    .meta({ audit: "audit.check" })
    .output(z.object({ isChecking: z.literal(true) }))
    .mutation(({ ctx }) => checkChain(ctx)),
});
