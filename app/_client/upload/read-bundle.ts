import { judgeManifest, type ManifestFault } from "../../../server/features/agents/manifest-rules.ts";
import { exportsOfModule } from "../../../server/features/agents/module-rules.ts";
import {
  isArchiveName,
  manifestName,
  maxManifestBytes,
  type PieceFile,
  uploadLimits,
  versionNodeOf,
} from "../../../server/features/agents/upload-rules.ts";
import { isJunk, nameFault, rootNames } from "../../../server/kernel/archive/archive-limits.ts";
import { readArchive, recogniseArchive } from "../../../server/kernel/archive/read-archive.ts";
import { type Blake3, openBlake3 } from "../../../server/kernel/cid/blake3.ts";
import { cidOf } from "../../../server/kernel/cid/cid.ts";
import { invalid } from "../../../server/kernel/errors.ts";

/** What was dropped or chosen; `name` is its path below the folder that was dropped. */
export type DroppedFile = { name: string; blob: Blob };

export type BundleReading = {
  files: { name: string; cid: string; bytes: number }[];
  /** Of the version that these files are. */
  cid: string;
  manifestText: string;
  /** Null when it has faults. */
  manifest: { alias: string; version: string } | null;
  faults: readonly ManifestFault[];
};

type Held = PieceFile & { text: Uint8Array };

/**
 * Unpacks, hashes and judges a bundle by the server's own rules, before anything is sent. Throws `invalid` for what the
 * server would refuse.
 */
export async function readBundle(
  dropped: readonly DroppedFile[],
  onBytes: (bytes: number) => void,
): Promise<BundleReading> {
  const hasher = await openBlake3();
  const read: Held[] = [];
  let total = 0;
  for await (const { name, body } of filesOf(dropped)) {
    const held = await readFile(body, { name, hasher, onBytes });
    total += held.bytes;
    if (total > uploadLimits.maxBytes)
      throw invalid(`Together the files have more than ${uploadLimits.maxBytes / 2 ** 20} MiB.`);
    read.push(held);
  }
  if (read.length > uploadLimits.maxFiles) throw invalid(`At most ${uploadLimits.maxFiles} files are taken.`);
  const files = rooted(read);
  const node = versionNodeOf(files, (bytes) => {
    hasher.reset();
    hasher.update(bytes);
    return hasher.digest();
  });
  return {
    ...judge(files),
    files: files.map(({ name, cid, bytes }) => ({ name, cid: cid.text, bytes })),
    cid: node.cid.text,
  };
}

type NamedBody = { name: string; body: ReadableStream<Uint8Array> };

async function* filesOf(dropped: readonly DroppedFile[]): AsyncGenerator<NamedBody> {
  const wanted = dropped.filter(({ name }) => !isJunk(name));
  const [first] = wanted;
  if (!first) throw invalid("There is no file in it.");
  if (wanted.length === 1 && isArchiveName(first.name)) {
    yield* unpacked(first.blob);
    return;
  }
  for (const { name, blob } of wanted) {
    if (isArchiveName(name)) throw invalid("Choose one archive, or files without archives.");
    const fault = nameFault(name, uploadLimits);
    if (fault !== null) throw invalid(fault);
    yield { name, body: blob.stream() };
  }
}

async function* unpacked(blob: Blob): AsyncGenerator<NamedBody> {
  const source = {
    sizeBytes: blob.size,
    read: async (start: number, length: number) =>
      new Uint8Array(await blob.slice(start, start + length).arrayBuffer()),
    gunzipped: () => blob.stream().pipeThrough(new DecompressionStream("gzip")),
  };
  const kind = recogniseArchive(await source.read(0, 4));
  if (kind === null) throw invalid("This is neither a zip nor a gzip file, whatever its name says.");
  yield* readArchive(kind, source, uploadLimits);
}

type Reading = { name: string; hasher: Blake3; onBytes: (bytes: number) => void };

/** Everything is kept: a bundle is small, and its manifest and entry are read. */
async function readFile(body: ReadableStream<Uint8Array>, { name, hasher, onBytes }: Reading): Promise<Held> {
  hasher.reset();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    hasher.update(part.value);
    chunks.push(part.value);
    bytes += part.value.length;
    onBytes(part.value.length);
    if (bytes > uploadLimits.maxBytes)
      throw invalid(`${name} has more than ${uploadLimits.maxBytes / 2 ** 20} MiB.`);
  }
  return { name, bytes, cid: cidOf("raw-piece", hasher.digest()), text: joined(chunks, bytes) };
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function rooted(files: readonly Held[]): Held[] {
  const names = rootNames(
    files.map(({ name }) => name),
    manifestName,
  );
  if (typeof names === "string") throw invalid(names);
  return files.map((file) => ({ ...file, name: names.get(file.name) ?? file.name }));
}

function judge(files: readonly Held[]): Pick<BundleReading, "manifestText" | "manifest" | "faults"> {
  const manifestFile = files.find(({ name }) => name === manifestName);
  if (!manifestFile) throw invalid(`There is no ${manifestName}.`);
  if (manifestFile.bytes > maxManifestBytes)
    throw invalid(`${manifestName} has more than ${maxManifestBytes / 1024} KiB.`);
  const manifestText = textOf(manifestFile);
  const entry = files.find(({ name }) => name === entryOf(manifestText));
  const verdict = judgeManifest(manifestText, {
    fileNames: files.map(({ name }) => name),
    exports: entry ? exportsOfModule(textOf(entry)) : null,
  });
  if (verdict.kind === "faulty") return { manifestText, manifest: null, faults: verdict.faults };
  const { alias, version } = verdict.manifest;
  return { manifestText, manifest: { alias, version }, faults: [] };
}

function entryOf(manifestText: string): string {
  try {
    const { entry } = JSON.parse(manifestText) as { entry?: unknown };
    return typeof entry === "string" ? entry : "bundle.js";
  } catch {
    return "bundle.js";
  }
}

function textOf({ name, text }: Held): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    throw invalid(`${name} is no text in UTF-8.`);
  }
}
