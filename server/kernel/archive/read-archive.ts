import { invalid, isAppError } from "../errors.ts";
import { type ArchiveLimits, isJunk, nameFault, nameKey } from "./archive-limits.ts";
import { UnpackedCounter } from "./count-unpacked.ts";
import { readTgzEntries } from "./read-tgz-entries.ts";
import { readZipEntries } from "./read-zip-entries.ts";

export type ArchiveKind = "zip" | "tgz";

/** Bytes that can be read from any place: a file in a browser, an object in a store. */
export type ArchiveSource = {
  sizeBytes: number;
  read(start: number, length: number): Promise<Uint8Array>;
  /** All of it through gunzip; may be cancelled anywhere. */
  gunzipped(): ReadableStream<Uint8Array>;
};

/** What an archive says of one of its members. `open` is called at most once, before the next member is asked for. */
export type ArchiveEntry = {
  name: string;
  kind: "file" | "folder" | "link" | "other";
  open(): ReadableStream<Uint8Array>;
};

export type ArchiveFile = { name: string; body: ReadableStream<Uint8Array> };

/** By the first bytes, whatever the name says; null = neither. */
export function recogniseArchive(head: Uint8Array): ArchiveKind | null {
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return "zip";
  return head[0] === 0x1f && head[1] === 0x8b ? "tgz" : null;
}

/**
 * The files of an archive one after the other; each body has to be read to its end before the next is asked for. Nothing
 * is trusted: names, links, counts, sizes, checksums and the ratio are judged as they come. Throws `invalid`.
 */
export async function* readArchive(
  kind: ArchiveKind,
  source: ArchiveSource,
  limits: ArchiveLimits,
): AsyncGenerator<ArchiveFile> {
  const counter = new UnpackedCounter(limits, source.sizeBytes);
  const entries = kind === "zip" ? readZipEntries(source, counter) : readTgzEntries(source, counter, limits);
  const seen = new Set<string>();
  let members = 0;
  try {
    for await (const entry of entries) {
      if (++members > limits.maxFiles * 2) throw tooManyFiles(limits);
      if (isJunk(entry.name) || !isFile(entry, limits)) continue;
      const key = nameKey(entry.name);
      if (seen.has(key)) throw invalid(`${entry.name} is there twice.`);
      seen.add(key);
      if (seen.size > limits.maxFiles) throw tooManyFiles(limits);
      yield { name: entry.name, body: entry.open() };
    }
  } catch (error) {
    throw isAppError(error) ? error : invalid(`The ${kind} file is damaged: ${reasonOf(error)}`);
  }
  if (seen.size === 0) throw invalid(`The ${kind} file is empty.`);
}

/** False for a folder; throws for what has no place in an upload. */
function isFile({ name, kind }: ArchiveEntry, limits: ArchiveLimits): boolean {
  const fault = nameFault(kind === "folder" ? name.replace(/\/$/, "") : name, limits);
  if (fault !== null) throw invalid(fault);
  if (kind === "link") throw invalid(`${name} is a link. Pack the file that it leads to.`);
  if (kind === "other") throw invalid(`${name} is no ordinary file.`);
  return kind === "file";
}

function tooManyFiles({ maxFiles }: ArchiveLimits) {
  return invalid(`It has more than ${maxFiles} files.`);
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.endsWith(".") ? text : `${text || "it ends too early"}.`;
}
