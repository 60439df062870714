import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { checkedKey } from "../../kernel/object-key.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { completeParts, putPart, putWhole, startParts } from "./put-parts.ts";
import { readObject } from "./read-object.ts";
import { answered, ifMissing, type S3Place } from "./s3-answers.ts";

export type S3Options = {
  bucket: string;
  /** Null = AWS itself. */
  endpoint: URL | null;
  region: string;
  /** Before every key, "" or ending in "/". */
  prefix: string;
  /** Null = what the machine has (its role, its profile). */
  credentials: { accessKeyId: string; secretAccessKey: string } | null;
};

const timeouts = { connectionTimeout: 5_000, socketTimeout: 30_000 };
const attempts = 3;

/**
 * Objects in a bucket of any S3. Every part is sent with its SHA-256, which the store compares with what it received; an
 * object appears when it is whole, because a put is one request or a multipart upload.
 */
export function openS3Store(options: S3Options): ObjectStore & { close(): void } {
  const { bucket, endpoint, region, prefix, credentials } = options;
  const client = new S3Client({
    region,
    maxAttempts: attempts,
    requestHandler: timeouts,
    // Stores other than AWS know no checksums of the newer kind: ours are named where they are wanted.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(endpoint && { endpoint: endpoint.href, forcePathStyle: true }),
    ...(credentials && { credentials }),
  });
  const place: S3Place = { client, bucket, keyOf: (key) => `${prefix}${checkedKey(key)}` };
  const at = (key: string) => ({ Bucket: bucket, Key: place.keyOf(key) });
  return {
    put: (key, body, write) => putWhole(place, { key, body, ...write }),
    startParts: (key) => startParts(place, key),
    putPart: (object, part, signal) => putPart(place, object, { ...part, signal }),
    completeParts: (object, parts) => completeParts(place, object, parts),
    abortParts: async ({ key, uploadId }) => {
      const command = new AbortMultipartUploadCommand({ ...at(key), UploadId: uploadId });
      await answered(client.send(command).catch(ifMissing));
    },
    get: (key, read) => readObject(place, key, read),
    stat: async (key) => {
      const found = await answered(client.send(new HeadObjectCommand(at(key))).catch(ifMissing));
      return found && { sizeBytes: found.ContentLength ?? 0 };
    },
    move: async (from, to) => {
      const source = `${bucket}/${at(from).Key}`;
      await answered(client.send(new CopyObjectCommand({ ...at(to), CopySource: encodeURI(source) })));
      await answered(client.send(new DeleteObjectCommand(at(from))));
    },
    remove: async (key) => {
      await answered(client.send(new DeleteObjectCommand(at(key))).catch(ifMissing));
    },
    presignGet: async (key, { forSeconds, fileName }) => {
      const command = new GetObjectCommand({
        ...at(key),
        ResponseContentType: "application/octet-stream",
        ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      });
      return new URL(await answered(getSignedUrl(client, command, { expiresIn: forSeconds })));
    },
    close: () => client.destroy(),
  };
}
