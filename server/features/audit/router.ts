import { z } from "zod";
import { auditorProcedure, router } from "../../trpc/init.ts";
import { checkChain } from "./check-chain.ts";
import { checkEntry } from "./check-entry.ts";
import { countAudit } from "./count-audit.ts";
import { getChain } from "./get-chain.ts";
import { getAuditEntry, listAudit } from "./list-audit.ts";
import {
  auditCountSchema,
  auditEntryInput,
  auditEntrySchema,
  auditPageSchema,
  chainStateSchema,
  countAuditInput,
  entryCheckSchema,
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
  count: auditorProcedure
    .input(countAuditInput)
    .output(auditCountSchema)
    .query(({ ctx, input }) => countAudit(ctx, input)),
  checkEntry: auditorProcedure
    .input(auditEntryInput)
    .output(entryCheckSchema)
    .query(({ ctx, input }) => checkEntry(ctx, input)),
  chain: auditorProcedure.output(chainStateSchema).query(({ ctx }) => getChain(ctx)),
  check: auditorProcedure
    .meta({ audit: "audit.check" })
    .output(z.object({ isChecking: z.literal(true) }))
    .mutation(({ ctx }) => checkChain(ctx)),
});
