import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { isOpenState } from "./rules.ts";
import type { ExportJob } from "./schema.ts";
import { announceExports, getOwnJob, stateOf, toExportJob } from "./store.ts";

/** From this moment it is cancelled; the worker that holds it finds out within half a second and drops the file. */
export async function cancelExport(ctx: Ctx, { id }: { id: string }): Promise<ExportJob> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const job = await getOwnJob(tx, ctx, id);
    if (!isOpenState(stateOf(job))) throw conflict(`This export is ${job.state} already.`);
    const at = ctx.clock.now();
    const cancelled = await tx.exportJob.update({
      where: { id },
      data: { state: "cancelled", finishedAt: at, worker: null, leaseUntil: null },
    });
    await recordAudit(tx, ctx, {
      action: "export.cancel",
      subject: `export:${id}`,
      after: { rows: job.rows },
    });
    await announceExports(tx, job.ownerId, at);
    return toExportJob(cancelled);
  });
}
