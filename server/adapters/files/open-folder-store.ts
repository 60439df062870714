import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError, invalid } from "../../kernel/errors.ts";
import { checkedKey } from "../../kernel/object-key.ts";
import type { ObjectStore, PartedObject, PartToStore, StoredPart } from "../../ports/object-store.ts";

/**
 * Objects in a folder that all roles and replicas share. What is being written lies in `.writing` beside them and is
 * renamed when it is whole, so that nobody ever reads half an object.
 */
export function openFolderStore(folder: string): ObjectStore {
  const objectPath = (key: string) => join(folder, "objects", checkedKey(key));
  const writing = join(folder, ".writing");
  const partsOf = ({ uploadId }: PartedObject) => join(writing, checkedUpload(uploadId));
  return {
    put: async (key, body, { sizeBytes, signal }) => {
      const path = objectPath(key);
      const unfinished = join(writing, randomUUID());
      await writeWhole(unfinished, body, { sizeBytes, signal });
      await renameInto(unfinished, path);
    },
    startParts: async (key) => {
      const object = { key: checkedKey(key), uploadId: randomUUID() };
      await mkdir(partsOf(object), { recursive: true, mode: 0o700 });
      return object;
    },
    putPart: (object, part, signal) => putPart(partsOf(object), part, signal),
    completeParts: (object, parts) => completeParts(partsOf(object), objectPath(object.key), parts),
    abortParts: (object) => rm(partsOf(object), { recursive: true, force: true }),
    get: async (key, { range, signal }) => {
      const path = objectPath(key);
      const found = await sizeOf(path);
      return found && { ...found, body: createReadStream(path, { ...range, signal }) };
    },
    stat: (key) => sizeOf(objectPath(key)),
    move: (from, to) => renameInto(objectPath(from), objectPath(to)),
    remove: (key) => rm(objectPath(key), { force: true }),
    presignGet: async () => null,
  };
}

type Write = { sizeBytes: number; signal: AbortSignal };

/** The file whole and flushed, or none. */
async function writeWhole(path: string, body: Readable, { sizeBytes, signal }: Write): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = createWriteStream(path, { mode: 0o600, flush: true });
    await pipeline(body, exactly(sizeBytes), file, { signal });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function exactly(sizeBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, pass) => {
      seen += chunk.length;
      if (seen > sizeBytes) pass(invalid(`More than the ${sizeBytes} bytes that were announced came.`));
      else pass(null, chunk);
    },
    flush: (end) => {
      if (seen < sizeBytes) end(invalid(`The stream ended after ${seen} of ${sizeBytes} bytes.`));
      else end();
    },
  });
}

async function putPart(folder: string, part: PartToStore, signal: AbortSignal): Promise<StoredPart> {
  if (!(await stat(folder).catch(ifMissing))) throw goneUpload();
  const { number, sizeBytes, body } = part;
  const etag = randomUUID();
  const path = join(folder, `${number}`);
  await writeWhole(`${path}.${etag}`, body, { sizeBytes, signal });
  await rename(`${path}.${etag}`, path);
  return { number, etag, sizeBytes };
}

async function completeParts(folder: string, path: string, parts: readonly StoredPart[]): Promise<void> {
  const ordered = parts.toSorted((one, other) => one.number - other.number);
  const sizeBytes = ordered.reduce((sum, part) => sum + part.sizeBytes, 0);
  const joined = join(folder, "joined");
  const body = Readable.from(readParts(folder, ordered), { objectMode: false });
  await writeWhole(joined, body, { sizeBytes, signal: new AbortController().signal });
  await renameInto(joined, path);
  await rm(folder, { recursive: true, force: true });
}

async function* readParts(folder: string, parts: readonly StoredPart[]): AsyncGenerator<Buffer> {
  for (const { number } of parts) yield* createReadStream(join(folder, `${number}`));
}

/** The folder is flushed too: after a power cut the name is there or the old state is. */
async function renameInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
  const folder = await open(dirname(to), "r");
  await folder.sync().finally(() => folder.close());
}

async function sizeOf(path: string): Promise<{ sizeBytes: number } | null> {
  const found = await stat(path).catch(ifMissing);
  return found?.isFile() ? { sizeBytes: found.size } : null;
}

function checkedUpload(uploadId: string): string {
  if (!/^[a-f0-9-]{36}$/.test(uploadId)) throw goneUpload();
  return uploadId;
}

function goneUpload(): AppError {
  return new AppError("not_found", "The parts of this upload are gone. Begin it again.");
}

function ifMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
