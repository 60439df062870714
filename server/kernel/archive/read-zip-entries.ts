import { configure, type Entry, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { invalid } from "../errors.ts";
import type { UnpackedCounter } from "./count-unpacked.ts";
import type { ArchiveEntry, ArchiveSource } from "./read-archive.ts";

// Node's DecompressionStream throws outside of any promise when it is cancelled while bytes come: not for foreign archives.
configure({ useWebWorkers: false, useCompressionStream: false });

class SourceReader extends Reader<ArchiveSource> {
  readonly #source: ArchiveSource;
  constructor(source: ArchiveSource) {
    super(source);
    this.#source = source;
    this.size = source.sizeBytes;
  }
  override readUint8Array(start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#source.read(start, length).then((bytes) => new Uint8Array(bytes));
  }
}

/** By the directory at the end, as every tool reads it; local headers have to say the same. */
export async function* readZipEntries(
  source: ArchiveSource,
  counter: UnpackedCounter,
): AsyncGenerator<ArchiveEntry> {
  const reader = new ZipReader(new SourceReader(source), {
    strictness: "balanced",
    filenameValidation: "tolerant",
    checkCrc32: true,
    checkOverlappingEntry: true,
  });
  for await (const entry of reader.getEntriesGenerator()) {
    if (entry.encrypted) throw invalid(`${entry.filename} is encrypted.`);
    const unpacking: { done: Promise<unknown> } = { done: Promise.resolve() };
    yield {
      name: entry.filename,
      kind: kindOf(entry),
      open: () => {
        if (entry.directory) throw invalid(`${entry.filename} is a folder.`);
        return unpack(entry, counter, unpacking);
      },
    };
    await unpacking.done;
  }
}

function unpack(
  entry: FileEntry,
  counter: UnpackedCounter,
  unpacking: { done: Promise<unknown> },
): ReadableStream<Uint8Array> {
  const through = counter.count();
  unpacking.done = entry.getData(through.writable);
  // Whoever reads the body hears of it first; the generator hears of it when the next member is asked for.
  unpacking.done.catch(() => {});
  return through.readable;
}

const fileType = { mask: 0o170000, link: 0o120000, file: 0o100000, none: 0 } as const;

function kindOf(entry: Entry): ArchiveEntry["kind"] {
  if (entry.directory) return "folder";
  const type = (entry.externalFileAttributes >>> 16) & fileType.mask;
  if (type === fileType.link) return "link";
  return type === fileType.file || type === fileType.none ? "file" : "other";
}
