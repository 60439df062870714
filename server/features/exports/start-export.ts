import { randomUUID } from "node:crypto";
import { notFound, tooMany } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { maxOpenJobs, stampedName } from "./rules.ts";
import type { ExportJob, StartExportInput } from "./schema.ts";
import { findExportSource } from "./sources.ts";
import { announceExports, ownerOf, toExportJob } from "./store.ts";

/** Puts a file in the queue. Whoever may not read the source, or asks it what it does not know, is told now. */
export async function startExport(ctx: Ctx, input: StartExportInput): Promise<ExportJob> {
  const ownerId = ownerOf(ctx);
  const source = findExportSource(input.source);
  if (!source) throw notFound("export", input.source);
  const opened = await source.open(ctx, input.query);
  const at = ctx.clock.now();
  const ending = input.isCompressed ? `${input.format}.gz` : input.format;
  return ctx.db.prisma.$transaction(async (tx) => {
    await requireRoom(tx, ownerId);
    const job = await tx.exportJob.create({
      data: {
        id: randomUUID(),
        ownerId,
        ...input,
        title: opened.title,
        fileName: stampedName(opened.fileName, ending, at),
        state: "queued",
        totalRows: opened.total ? Math.min(opened.total.rows, source.maxRows) : null,
        isEstimate: opened.total?.isEstimate ?? false,
        requestId: ctx.requestId,
        createdAt: at,
      },
    });
    await recordAudit(tx, ctx, { action: "export.start", subject: `export:${job.id}`, after: input });
    await announceExports(tx, ownerId, at);
    return toExportJob(job);
  });
}

async function requireRoom(tx: Transaction, ownerId: string): Promise<void> {
  // Two at once of the same person are counted one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`console.exports.${ownerId}`}, 0))`;
  const open = await tx.exportJob.count({ where: { ownerId, state: { in: ["queued", "running"] } } });
  if (open >= maxOpenJobs)
    throw tooMany(`You have ${open} exports waiting or running. Cancel one, or wait until one is done.`, 30);
}
