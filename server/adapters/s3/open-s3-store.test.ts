import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { CreateBucketCommand, ListMultipartUploadsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectStoreContract } from "../../testing/contracts/object-store.ts";
import { openS3Store } from "./open-s3-store.ts";

/** Any S3 whose buckets may be made and filled, such as `moto_server` or MinIO; keys as in S3_TEST_KEY=<id>:<secret>. */
const endpoint = process.env.S3_TEST_ENDPOINT;
const [accessKeyId = "", secretAccessKey = ""] = (process.env.S3_TEST_KEY ?? "test:test").split(":");

describe.skipIf(!endpoint)("objects in a bucket of an S3", () => {
  const credentials = { accessKeyId, secretAccessKey };
  const bucket = `console-test-${randomUUID().slice(0, 8)}`;
  const options = {
    bucket,
    endpoint: new URL(endpoint ?? "http://localhost"),
    region: "us-east-1",
    prefix: "console/",
    credentials,
  };
  const client = new S3Client({
    region: options.region,
    endpoint: options.endpoint.href,
    forcePathStyle: true,
    credentials,
  });
  const store = openS3Store(options);
  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(() => {
    store.close();
    client.destroy();
  });

  objectStoreContract(() => store);

  const { signal } = new AbortController();
  const sizeBytes = 20 * 2 ** 20;

  it("takes a large object in parts, and gives it by an address of its own for a while", async () => {
    const [key, bytes] = [`pieces/${randomUUID()}`, randomBytes(sizeBytes)];
    await store.put(key, Readable.from([bytes], { objectMode: false }), { sizeBytes, signal });
    const found = await store.get(key, { signal });
    expect(found && (await buffer(found.body)).equals(bytes)).toBe(true);
    const address = await store.presignGet(key, { forSeconds: 60, fileName: "bündel 1.js" });
    const answer = await fetch(address ?? "");
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename*=UTF-8''b%C3%BCndel%201.js`);
  });

  it("leaves no parts of a large object that breaks off", async () => {
    const key = `pieces/${randomUUID()}`;
    const half = Readable.from([randomBytes(sizeBytes / 2)], { objectMode: false });
    await expect(store.put(key, half, { sizeBytes, signal })).rejects.toThrow(/ended after/);
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads.filter(({ Key }) => Key === `console/${key}`)).toEqual([]);
  });

  it("says so when the store does not answer", async () => {
    const away = openS3Store({ ...options, endpoint: new URL("http://127.0.0.1:9") });
    await expect(away.stat("pieces/a")).rejects.toMatchObject({ code: "upstream" });
    away.close();
  });
});
