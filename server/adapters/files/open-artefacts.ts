import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { conflict, invalid } from "../../kernel/errors.ts";
import type { Artefacts, WriteOptions } from "../../ports/artefacts.ts";

const unfinished = ".part";

/** Artefacts in a folder of the machine. Several replicas that serve each other's files need a shared folder. */
export function openArtefacts(folder: string): Artefacts {
  return {
    write: async (name, text, options) => {
      const path = pathOf(folder, name);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await write(`${path}${unfinished}`, text, options);
        await rename(`${path}${unfinished}`, path);
      } catch (error) {
        await rm(`${path}${unfinished}`, { force: true });
        throw error;
      }
      return (await stat(path)).size;
    },
    read: async (name) => {
      const path = pathOf(folder, name);
      const found = await stat(path).catch(ifMissing);
      return found?.isFile() ? { bytes: found.size, stream: () => createReadStream(path) } : null;
    },
    remove: async (name) => rm(pathOf(folder, name), { force: true }),
    removeOlderThan: (at) => removeOlderThan(folder, at),
  };
}

async function write(path: string, text: AsyncIterable<string>, options: WriteOptions): Promise<void> {
  const { isCompressed, signal } = options;
  const file = createWriteStream(path, { mode: 0o600, flush: true });
  const bounded = boundedBytes(options);
  if (isCompressed) await pipeline(Readable.from(text), createGzip({ level: 5 }), bounded, file, { signal });
  else await pipeline(Readable.from(text), bounded, file, { signal });
}

function boundedBytes({ maxBytes, onBytes }: WriteOptions): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      bytes += chunk.length;
      onBytes(bytes);
      if (bytes > maxBytes)
        pass(conflict(`The file grew over ${maxBytes} bytes. Narrow the filter, or compress it.`));
      else pass(null, chunk);
    },
  });
}

async function removeOlderThan(folder: string, at: Date): Promise<number> {
  const names = (await readdir(folder).catch(ifMissing)) ?? [];
  let removed = 0;
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(ifMissing);
    if (!found?.isFile() || found.mtime >= at) continue;
    await rm(join(folder, name), { force: true });
    removed += 1;
  }
  return removed;
}

function pathOf(folder: string, name: string): string {
  if (!/^[a-z0-9-]{1,100}$/.test(name)) throw invalid("This is not the name of a file.");
  return join(folder, name);
}

function ifMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
