import { z } from "zod";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { UploadProgress } from "./schema.ts";
import { partBytes, partsOf } from "./upload-rules.ts";

const stagedFilesSchema = z.array(z.object({ name: z.string(), bytes: z.int(), storeId: z.string() }));

export type StoredUpload = Awaited<ReturnType<typeof requireUpload>>;
type PartRow = { fileIndex: number; part: number; bytes: bigint; etag: string };

/** An upload that its owner goes on with; somebody else's is not there. */
export async function requireUpload(ctx: Pick<Ctx, "actor" | "db" | "clock">, id: string) {
  const found = await ctx.db.prisma.agentUpload.findFirst({
    where: { id, actorId: ctx.actor.id },
    include: { parts: { orderBy: [{ fileIndex: "asc" }, { part: "asc" }] } },
  });
  if (!found || found.expiresAt <= ctx.clock.now()) throw notFound("upload", id);
  return { ...found, files: stagedFilesSchema.parse(found.files) };
}

export function requireOpen({ state }: Pick<StoredUpload, "state">): void {
  if (state === "completing") throw conflict("This upload is being checked already.");
  if (state !== "open") throw conflict("This upload is finished. Begin a new one.");
}

export function toProgress(
  upload: Pick<StoredUpload, "id" | "agentService" | "files" | "state" | "expiresAt">,
  parts: readonly PartRow[],
): UploadProgress {
  return {
    id: upload.id,
    agentService: upload.agentService,
    isOpen: upload.state === "open",
    partBytes,
    expiresAt: upload.expiresAt.toISOString(),
    files: upload.files.map(({ name, bytes }, index) => ({
      name,
      bytes,
      parts: partsOf(bytes),
      stored: parts.filter(({ fileIndex }) => fileIndex === index).map(({ part }) => part),
    })),
  };
}
