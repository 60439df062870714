import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { rootNames } from "../../kernel/archive/archive-limits.ts";
import { type ArchiveSource, readArchive, recogniseArchive } from "../../kernel/archive/read-archive.ts";
import { openBlake3 } from "../../kernel/cid/blake3.ts";
import { cidOf } from "../../kernel/cid/cid.ts";
import { invalid, upstream } from "../../kernel/errors.ts";
import type { Deps } from "../../ports/ctx.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { stagingKey } from "./begin-upload.ts";
import { isArchiveName, manifestName, type PieceFile, uploadLimits } from "./upload-rules.ts";
import type { StoredUpload } from "./upload-store.ts";

/** A file of the version, hashed from what the store gives back, and where it lies in staging. */
export type ReadFile = PieceFile & { key: string };

/** Joins the parts, unpacks an archive and hashes every file. Memory stays flat: one part at a time. */
export async function readUpload(
  { objectStore }: Pick<Deps, "objectStore">,
  upload: StoredUpload,
  signal: AbortSignal,
): Promise<ReadFile[]> {
  for (const [index, file] of upload.files.entries()) {
    const parts = upload.parts
      .filter(({ fileIndex }) => fileIndex === index)
      .map(({ part, bytes, etag }) => ({ number: part, sizeBytes: Number(bytes), etag }));
    await objectStore.completeParts({ key: stagingKey(upload.id, index), uploadId: file.storeId }, parts);
  }
  const [first] = upload.files;
  const isArchive = first !== undefined && upload.files.length === 1 && isArchiveName(first.name);
  const files = isArchive
    ? await unpack(objectStore, upload, signal)
    : await Promise.all(
        upload.files.map(async ({ name }, index) => {
          const key = stagingKey(upload.id, index);
          return { ...(await hashObject(objectStore, key, signal)), name, key };
        }),
      );
  return rooted(files);
}

async function unpack(store: ObjectStore, upload: StoredUpload, signal: AbortSignal): Promise<ReadFile[]> {
  const key = stagingKey(upload.id, 0);
  const source = await archiveSource(store, key, signal);
  const kind = recogniseArchive(await source.read(0, 4));
  if (kind === null) throw invalid("This is neither a zip nor a gzip file, whatever its name says.");
  const files: ReadFile[] = [];
  for await (const { name, body } of readArchive(kind, source, uploadLimits)) {
    const unpackedKey = stagingKey(upload.id, `f${files.length}`);
    const bytes = await storeStream(store, { key: unpackedKey, body, signal });
    const hashed = await hashObject(store, unpackedKey, signal);
    if (hashed.bytes !== bytes)
      throw upstream("The object store", new Error("it holds other bytes than it took"));
    files.push({ ...hashed, name, key: unpackedKey });
  }
  return files;
}

/** The length of an unpacked file is known when it ends, so its bytes are gathered; together they stay below the limit. */
async function storeStream(
  store: ObjectStore,
  { key, body, signal }: { key: string; body: ReadableStream<Uint8Array>; signal: AbortSignal },
): Promise<number> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  await store.put(key, Readable.from(chunks, { objectMode: false }), { sizeBytes, signal });
  return sizeBytes;
}

async function archiveSource(store: ObjectStore, key: string, signal: AbortSignal): Promise<ArchiveSource> {
  const found = await store.stat(key);
  if (!found) throw upstream("The object store", new Error(`${key} is not there`));
  const open = async (range?: { start: number; end: number }) => {
    const object = await store.get(key, { ...(range && { range }), signal });
    if (!object) throw upstream("The object store", new Error(`${key} is not there`));
    return object.body;
  };
  return {
    sizeBytes: found.sizeBytes,
    read: async (start, length) => {
      const end = Math.min(start + length, found.sizeBytes) - 1;
      return end < start ? new Uint8Array(0) : buffer(await open({ start, end }));
    },
    gunzipped: () =>
      toWebStream(
        open().then((body) => {
          const gunzip = createGunzip();
          // Both ends hear of a failure; it is told to whoever reads.
          pipeline(body, gunzip).catch(() => {});
          return gunzip;
        }),
      ),
  };
}

/** Pulled as it is read, so that nothing gathers in memory. */
function toWebStream(opening: Promise<AsyncIterable<Buffer>>): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Buffer> | null = null;
  return new ReadableStream({
    pull: async (controller) => {
      chunks ??= (await opening)[Symbol.asyncIterator]();
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    cancel: async () => void (await chunks?.return?.()),
  });
}

/** The CID of what the store gives back, as one raw piece. Also before every activation: see `verify-version.ts`. */
export async function hashObject(
  store: ObjectStore,
  key: string,
  signal: AbortSignal,
): Promise<Pick<PieceFile, "cid" | "bytes">> {
  const object = await store.get(key, { signal });
  if (!object) throw upstream("The object store", new Error(`${key} is not there`));
  const hasher = await openBlake3();
  let bytes = 0;
  for await (const chunk of object.body) {
    hasher.update(chunk);
    bytes += chunk.length;
  }
  return { cid: cidOf("raw-piece", hasher.digest()), bytes };
}

function rooted(files: readonly ReadFile[]): ReadFile[] {
  const names = rootNames(
    files.map(({ name }) => name),
    manifestName,
  );
  if (typeof names === "string") throw invalid(names);
  return files.map((file) => ({ ...file, name: names.get(file.name) ?? file.name }));
}
