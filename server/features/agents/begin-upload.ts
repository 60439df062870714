import { randomUUID } from "node:crypto";
import { nameFault } from "../../kernel/archive/archive-limits.ts";
import { invalid, tooMany } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { BeginUploadInput, UploadProgress } from "./schema.ts";
import { isArchiveName, maxOpenUploads, uploadKeptHours, uploadLimits } from "./upload-rules.ts";
import { toProgress } from "./upload-store.ts";

/** Makes room for the files that are announced; their bytes come in parts. Everything that can be refused is refused here. */
export async function beginUpload(ctx: Ctx, input: BeginUploadInput): Promise<UploadProgress> {
  requireAllowed(input);
  const { actor, clock, db, deps } = ctx;
  const open = await db.prisma.agentUpload.count({
    where: { actorId: actor.id, state: { in: ["open", "completing"] }, expiresAt: { gt: clock.now() } },
  });
  if (open >= maxOpenUploads)
    throw tooMany(`You have ${open} uploads open. Finish or discard one of them.`, 60);
  const id = randomUUID();
  const files: StagedFile[] = [];
  for (const [index, { name, bytes }] of input.files.entries()) {
    const { uploadId } = await deps.objectStore.startParts(stagingKey(id, index));
    files.push({ name, bytes, storeId: uploadId });
  }
  const at = clock.now();
  const row = {
    id,
    agentService: input.agentService,
    files,
    state: "open",
    actorId: actor.id,
    actorName: actor.name,
    createdAt: at,
    touchedAt: at,
    expiresAt: new Date(at.getTime() + uploadKeptHours * 3_600_000),
  };
  await db.prisma.$transaction(async (tx) => {
    await tx.agentUpload.create({ data: row });
    const after = { agentService: input.agentService, files: input.files };
    await recordAudit(tx, ctx, { action: "agent.upload", subject: `agent-upload:${id}`, after });
  });
  return toProgress({ ...row, files }, []);
}

/** `storeId` is what the object store calls the parted object. */
export type StagedFile = { name: string; bytes: number; storeId: string };

export function stagingKey(uploadId: string, file: number | string): string {
  return `uploads/${uploadId}/${file}`;
}

function requireAllowed({ files }: BeginUploadInput): void {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > uploadLimits.maxBytes)
    throw invalid(`The upload has ${total} bytes; at most ${uploadLimits.maxBytes / 2 ** 20} MiB are taken.`);
  if (files.length > uploadLimits.maxFiles)
    throw invalid(`At most ${uploadLimits.maxFiles} files are taken.`);
  const archives = files.filter(({ name }) => isArchiveName(name));
  if (archives.length > 0 && files.length > 1) throw invalid("Send one archive, or files without archives.");
  for (const { name } of files) {
    const fault = nameFault(name, uploadLimits);
    if (fault !== null) throw invalid(fault);
  }
}
