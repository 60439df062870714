import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { PartedObject, PartToStore, StoredPart } from "../../ports/object-store.ts";
import { readExactly } from "./read-exactly.ts";
import { answered, goneUpload, ifMissing, type S3Place } from "./s3-answers.ts";

/** Held in memory while it is sent, so that it has a checksum and can be sent again. */
const chunkBytes = 8 * 2 ** 20;

type Whole = { key: string; body: Readable; sizeBytes: number; signal: AbortSignal };

/** Small ones in one request; larger ones in parts, so that memory stays flat. */
export async function putWhole(place: S3Place, { key, body, sizeBytes, signal }: Whole): Promise<void> {
  const chunks = readExactly(body, { sizeBytes, chunkBytes, signal });
  if (sizeBytes <= chunkBytes) {
    // Read to its end first: one that is too short or too long is never sent.
    const bytes = await oneChunk(chunks);
    await putSmall(place, { key, bytes, signal });
    return;
  }
  const object = await startParts(place, key);
  try {
    const parts: StoredPart[] = [];
    for await (const bytes of chunks)
      parts.push(await sendPart(place, object, { number: parts.length + 1, bytes, signal }));
    await completeParts(place, object, parts);
  } catch (error) {
    const at = { Bucket: place.bucket, Key: place.keyOf(key), UploadId: object.uploadId };
    await place.client.send(new AbortMultipartUploadCommand(at)).catch(() => {});
    throw error;
  }
}

type Small = { key: string; bytes: Buffer; signal: AbortSignal };

async function putSmall({ client, bucket, keyOf }: S3Place, { key, bytes, signal }: Small): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: keyOf(key),
    Body: bytes,
    ContentLength: bytes.length,
    ChecksumSHA256: sha256(bytes),
  });
  await answered(client.send(command, { abortSignal: signal }));
}

export async function startParts({ client, bucket, keyOf }: S3Place, key: string): Promise<PartedObject> {
  const command = new CreateMultipartUploadCommand({
    Bucket: bucket,
    Key: keyOf(key),
    ChecksumAlgorithm: "SHA256",
  });
  const { UploadId } = await answered(client.send(command));
  if (!UploadId) throw goneUpload();
  return { key, uploadId: UploadId };
}

export async function putPart(
  place: S3Place,
  object: PartedObject,
  { body, sizeBytes, number, signal }: PartToStore & { signal: AbortSignal },
): Promise<StoredPart> {
  const bytes = await oneChunk(readExactly(body, { sizeBytes, chunkBytes: sizeBytes, signal }));
  return sendPart(place, object, { number, bytes, signal });
}

type Part = { number: number; bytes: Buffer; signal: AbortSignal };

/** What the store calls the part: its tag, and the checksum that completing asks for again. */
async function sendPart(
  { client, bucket, keyOf }: S3Place,
  { key, uploadId }: PartedObject,
  { number, bytes, signal }: Part,
): Promise<StoredPart> {
  const checksum = sha256(bytes);
  const command = new UploadPartCommand({
    Bucket: bucket,
    Key: keyOf(key),
    UploadId: uploadId,
    PartNumber: number,
    Body: bytes,
    ContentLength: bytes.length,
    ChecksumSHA256: checksum,
  });
  const { ETag } = await answered(client.send(command, { abortSignal: signal }));
  return { number, etag: `${ETag ?? ""} ${checksum}`, sizeBytes: bytes.length };
}

export async function completeParts(
  { client, bucket, keyOf }: S3Place,
  { key, uploadId }: PartedObject,
  parts: readonly StoredPart[],
): Promise<void> {
  const command = new CompleteMultipartUploadCommand({
    Bucket: bucket,
    Key: keyOf(key),
    UploadId: uploadId,
    MultipartUpload: {
      Parts: parts
        .toSorted((one, other) => one.number - other.number)
        .map(({ number, etag }) => {
          const [tag, checksum] = etag.split(" ");
          return { PartNumber: number, ETag: tag, ChecksumSHA256: checksum };
        }),
    },
  });
  if ((await answered(client.send(command).catch(ifMissing))) === null) throw goneUpload();
}

/** All of a stream that is no longer than one chunk. */
async function oneChunk(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of chunks) bytes = Buffer.from(chunk);
  return bytes;
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64");
}
