import type { ExportJob as ExportJobRow } from "../../../prisma/generated/console/client.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { type ExportState, exportStates } from "./rules.ts";
import { type ExportJob, exportFormatSchema } from "./schema.ts";

export type { ExportJobRow };

/** Numbers of rows and bytes of a file stay far below 2^53. */
export function toExportJob(row: ExportJobRow): ExportJob {
  return {
    id: row.id,
    source: row.source,
    title: row.title,
    fileName: row.fileName,
    format: exportFormatSchema.parse(row.format),
    isCompressed: row.isCompressed,
    state: stateOf(row),
    reason: row.reason,
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    totalRows: row.totalRows === null ? null : Number(row.totalRows),
    isEstimate: row.isEstimate,
    attempt: row.attempt,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

export function stateOf({ state }: Pick<ExportJobRow, "state">): ExportState {
  return exportStates.find((known) => known === state) ?? "expired";
}

/** One of the caller's own jobs, held for the rest of the transaction. Others do not exist for them. */
export async function getOwnJob(
  tx: Transaction,
  { actor }: Pick<Ctx, "actor">,
  id: string,
): Promise<ExportJobRow> {
  await tx.$executeRaw`SELECT 1 FROM export_job WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.exportJob.findFirst({ where: { id, ownerId: actor.id, state: { not: "removed" } } });
  if (!row) throw notFound("export", id);
  return row;
}

/** The person whose jobs these are; what is no person has no tray. */
export function ownerOf({ actor }: Pick<Ctx, "actor">): string {
  if (actor.kind !== "person")
    throw invalid("Exports in the background belong to a person. Use GET /api/exports instead.");
  return actor.id;
}

/** Tells the owner's pages. */
export async function announceExports(tx: Transaction, ownerId: string, at: Date): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${exportNotice(ownerId, at)})`;
}

export function exportNotice(ownerId: string, at: Date): string {
  return encodeNotice({ topic: "exports", network: null, ids: [ownerId], at: at.getTime() });
}
