import type { Readable } from "node:stream";
import { invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { stagingKey } from "./begin-upload.ts";
import { partLength } from "./upload-rules.ts";
import { requireOpen, requireUpload } from "./upload-store.ts";

export type UploadPart = { id: string; file: number; part: number; sizeBytes: number; body: Readable };

/** Stores one part, streamed. A part that breaks off leaves nothing; the same part again takes its place. */
export async function putUploadPart(ctx: Ctx, input: UploadPart, signal: AbortSignal): Promise<void> {
  const upload = await requireUpload(ctx, input.id);
  requireOpen(upload);
  const file = upload.files[input.file];
  const expected = file ? partLength(file.bytes, input.part) : null;
  if (!file || expected === null)
    throw invalid(`This upload has no part ${input.part} of file ${input.file}.`);
  if (input.sizeBytes !== expected)
    throw invalid(`Part ${input.part} has ${input.sizeBytes} bytes; it should have ${expected}.`);
  const object = { key: stagingKey(input.id, input.file), uploadId: file.storeId };
  const part = { number: input.part, sizeBytes: expected, body: input.body };
  const { etag } = await ctx.deps.objectStore.putPart(object, part, signal);
  const at = ctx.clock.now();
  const key = { uploadId: input.id, fileIndex: input.file, part: input.part };
  const stored = { bytes: BigInt(expected), etag, storedAt: at };
  await ctx.db.prisma.$transaction([
    ctx.db.prisma.agentUploadPart.upsert({
      where: { uploadId_fileIndex_part: key },
      create: { ...key, ...stored },
      update: stored,
    }),
    ctx.db.prisma.agentUpload.update({ where: { id: input.id }, data: { touchedAt: at } }),
  ]);
}
