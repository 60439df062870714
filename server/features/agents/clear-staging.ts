import type { Ctx } from "../../ports/ctx.ts";
import { type StagedFile, stagingKey } from "./begin-upload.ts";
import { uploadLimits } from "./upload-rules.ts";

/** Removes all that an upload left in staging: parts, joined files, unpacked ones. */
export async function clearStaging(
  { db, deps }: Pick<Ctx, "db" | "deps">,
  upload: { id: string; files: readonly StagedFile[] },
  unpacked: number = uploadLimits.maxFiles,
): Promise<void> {
  const { objectStore } = deps;
  for (const [index, { storeId }] of upload.files.entries()) {
    await objectStore.abortParts({ key: stagingKey(upload.id, index), uploadId: storeId });
    await objectStore.remove(stagingKey(upload.id, index));
  }
  for (let index = 0; index < unpacked; index++) await objectStore.remove(stagingKey(upload.id, `f${index}`));
  await db.prisma.agentUpload.updateMany({ where: { id: upload.id }, data: { isCleared: true } });
}
