import { Readable } from "node:stream";
import { invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { beginUpload } from "./begin-upload.ts";
import { completeUpload } from "./complete-upload.ts";
import { giveUpUpload } from "./give-up-upload.ts";
import { putUploadPart } from "./put-upload-part.ts";
import type { BeginUploadInput, UploadOutcome } from "./schema.ts";
import { partLength } from "./upload-rules.ts";

export type UploadInOne = BeginUploadInput & {
  note: string;
  asDraft: boolean;
  body: AsyncIterable<Uint8Array>;
};

/** One archive in one request, for pipelines. Never more than a part in memory; nothing is left of one that breaks off. */
export async function uploadInOne(ctx: Ctx, input: UploadInOne, signal: AbortSignal): Promise<UploadOutcome> {
  const { agentService, files, note, asDraft, body } = input;
  const { id } = await beginUpload(ctx, { agentService, files });
  try {
    await putParts(ctx, { id, bytes: files[0]?.bytes ?? 0, body }, signal);
  } catch (error) {
    await giveUpUpload(ctx, { id });
    throw error;
  }
  return completeUpload(ctx, { id, note, asDraft }, signal);
}

type Incoming = { id: string; bytes: number; body: AsyncIterable<Uint8Array> };

async function putParts(ctx: Ctx, { id, bytes, body }: Incoming, signal: AbortSignal): Promise<void> {
  let part = 1;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const put = async () => {
    const chunk = Buffer.concat(held);
    const expected = partLength(bytes, part) ?? 0;
    if (chunk.length < expected)
      throw invalid(`The upload broke off: ${expected - chunk.length} bytes are missing.`);
    const now = chunk.subarray(0, expected);
    await putUploadPart(
      ctx,
      { id, file: 0, part, sizeBytes: now.length, body: Readable.from([now], { objectMode: false }) },
      signal,
    );
    part++;
    held = expected < chunk.length ? [chunk.subarray(expected)] : [];
    heldBytes = chunk.length - expected;
  };
  for await (const chunk of body) {
    held.push(chunk);
    heldBytes += chunk.length;
    while (heldBytes > 0 && heldBytes >= (partLength(bytes, part) ?? Number.POSITIVE_INFINITY)) await put();
  }
  if (partLength(bytes, part) !== null) await put();
  if (heldBytes > 0) throw invalid("More bytes came than were announced.");
}
