import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { hashObject } from "./read-upload.ts";
import { pieceKey } from "./register-version.ts";
import { versionFileSchema } from "./schema.ts";

/**
 * Hashes every file of a version again, from the store. Throws `conflict` when one is gone or has other bytes: then the
 * version must not be activated. Call it before anything that puts the version in front of somebody.
 */
export async function verifyVersion(
  ctx: Pick<Ctx, "db" | "deps" | "clock">,
  { agentId, cid }: { agentId: string; cid: string },
  signal: AbortSignal,
): Promise<void> {
  const key = { agentId_cid: { agentId, cid } };
  const found = await ctx.db.prisma.agentVersion.findUnique({ where: key, select: { files: true } });
  if (!found) throw notFound("version", cid);
  for (const file of versionFileSchema.array().parse(found.files)) {
    if (!(await ctx.deps.objectStore.stat(pieceKey(file.cid))))
      throw conflict(`${file.name} of this version is not in the object store.`);
    const held = await hashObject(ctx.deps.objectStore, pieceKey(file.cid), signal);
    if (held.cid.text !== file.cid)
      throw conflict(`The bytes of ${file.name} in the object store no longer hash to ${file.cid}.`);
  }
  await ctx.db.prisma.agentVersion.update({ where: key, data: { verifiedAt: ctx.clock.now() } });
}
