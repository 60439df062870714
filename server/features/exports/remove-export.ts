import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { isOpenState } from "./rules.ts";
import { announceExports, getOwnJob, stateOf } from "./store.ts";

/** Takes an ended job off the list; its file can no longer be fetched and is deleted by the next sweep. */
export async function removeExport(ctx: Ctx, { id }: { id: string }): Promise<{ id: string }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const job = await getOwnJob(tx, ctx, id);
    if (isOpenState(stateOf(job))) throw conflict("This export is still being written. Cancel it first.");
    await tx.exportJob.update({ where: { id }, data: { state: "removed" } });
    await recordAudit(tx, ctx, { action: "export.remove", subject: `export:${id}` });
    await announceExports(tx, job.ownerId, ctx.clock.now());
    return { id };
  });
}
