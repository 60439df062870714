import type { Readable } from "node:stream";
import { GetObjectCommand, type GetObjectCommandOutput } from "@aws-sdk/client-s3";
import type { ObjectRange, StoredObject } from "../../ports/object-store.ts";
import { answered, ifMissing, type S3Place } from "./s3-answers.ts";

type Read = { range?: ObjectRange; signal: AbortSignal };

export async function readObject(
  { client, bucket, keyOf }: S3Place,
  key: string,
  { range, signal }: Read,
): Promise<StoredObject | null> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: keyOf(key),
    ...(range && { Range: `bytes=${range.start}-${range.end}` }),
  });
  const found = await answered(client.send(command, { abortSignal: signal }).catch(ifMissing));
  if (!found?.Body) return null;
  // In Node the SDK's body is a stream of the connection.
  const body = found.Body as Readable;
  // Who gives up after the first byte ends the connection too.
  signal.addEventListener("abort", () => body.destroy(), { once: true });
  return { sizeBytes: sizeOf(found), body };
}

/** Of the whole object: "bytes 2-4/10" for a range. */
function sizeOf(found: GetObjectCommandOutput): number {
  const whole = found.ContentRange?.split("/")[1];
  return whole === undefined ? (found.ContentLength ?? 0) : Number(whole);
}
