import { buffer } from "node:stream/consumers";
import { blake3 } from "@noble/hashes/blake3.js";
import { conflict, invalid } from "../../kernel/errors.ts";
import type { Ctx, Deps } from "../../ports/ctx.ts";
import { clearStaging } from "./clear-staging.ts";
import { judgeManifest } from "./manifest-rules.ts";
import { exportsOfModule } from "./module-rules.ts";
import { type ReadFile, readUpload } from "./read-upload.ts";
import { registerVersion } from "./register-version.ts";
import type { CompleteUploadInput, UploadOutcome } from "./schema.ts";
import { manifestName, maxManifestBytes, partsOf, versionNodeOf } from "./upload-rules.ts";
import { requireOpen, requireUpload, type StoredUpload } from "./upload-store.ts";

/**
 * Reads the upload back from the store, judges it and registers the version that it is. Whatever the outcome, the upload is
 * over and nothing of it is left but, if it was right, the version.
 */
export async function completeUpload(
  ctx: Ctx,
  input: CompleteUploadInput,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const upload = await requireUpload(ctx, input.id);
  requireOpen(upload);
  requireWhole(upload);
  await claim(ctx, upload);
  try {
    const files = await readUpload(ctx.deps, upload, signal);
    return await judge(ctx, { upload, files, input, signal });
  } finally {
    await clearStaging(ctx, upload);
    await finish(ctx, upload);
  }
}

type Judged = {
  upload: StoredUpload;
  files: readonly ReadFile[];
  input: CompleteUploadInput;
  signal: AbortSignal;
};

async function judge(ctx: Ctx, { upload, files, input, signal }: Judged): Promise<UploadOutcome> {
  const node = versionNodeOf(files, blake3);
  if (input.expectedCid !== undefined && input.expectedCid !== node.cid.text)
    throw conflict(
      `The store holds ${node.cid.text}, and not ${input.expectedCid} as announced. Upload it again.`,
    );
  const manifestText = await textOf(ctx.deps, requireFile(files, manifestName), {
    maxBytes: maxManifestBytes,
    signal,
  });
  const entry = files.find(({ name }) => name === entryName(manifestText));
  const source = entry ? await textOf(ctx.deps, entry, { maxBytes: entry.bytes, signal }) : null;
  const verdict = judgeManifest(manifestText, {
    fileNames: files.map(({ name }) => name),
    exports: source === null ? null : exportsOfModule(source),
  });
  if (verdict.kind === "faulty") return { kind: "faulty", cid: node.cid.text, faults: [...verdict.faults] };
  if (!entry) throw invalid(`There is no file ${verdict.manifest.entry} in the upload.`);
  return registerVersion(ctx, {
    agentService: upload.agentService,
    node,
    files,
    entry,
    manifest: verdict.manifest,
    manifestText,
    note: input.note,
    asDraft: input.asDraft,
  });
}

function requireWhole({ files, parts }: StoredUpload): void {
  for (const [index, { name, bytes }] of files.entries()) {
    const stored = parts.filter(({ fileIndex }) => fileIndex === index).length;
    const needed = partsOf(bytes);
    if (stored < needed) throw conflict(`${name} is not whole: ${stored} of ${needed} parts are here.`);
  }
}

/** Of two that complete the same upload one goes on. */
async function claim({ db, clock }: Ctx, { id }: StoredUpload): Promise<void> {
  const claimed = await db.prisma.agentUpload.updateMany({
    where: { id, state: "open" },
    data: { state: "completing", touchedAt: clock.now() },
  });
  if (claimed.count === 0) throw conflict("This upload is being checked already.");
}

async function finish({ db, clock }: Ctx, { id }: StoredUpload): Promise<void> {
  await db.prisma.agentUpload.update({ where: { id }, data: { state: "done", touchedAt: clock.now() } });
}

function requireFile(files: readonly ReadFile[], name: string): ReadFile {
  const found = files.find((file) => file.name === name);
  if (!found) throw invalid(`There is no ${name}.`);
  return found;
}

/** Before the manifest is judged: which file would be executed. */
function entryName(manifestText: string): string {
  try {
    const value: unknown = JSON.parse(manifestText);
    const entry = typeof value === "object" && value !== null ? Reflect.get(value, "entry") : null;
    return typeof entry === "string" ? entry : "bundle.js";
  } catch {
    return "bundle.js";
  }
}

async function textOf(
  { objectStore }: Pick<Deps, "objectStore">,
  file: ReadFile,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<string> {
  if (file.bytes > maxBytes) throw invalid(`${file.name} has ${file.bytes} bytes; ${maxBytes} are allowed.`);
  const object = await objectStore.get(file.key, { signal });
  const bytes = object ? await buffer(object.body) : Buffer.alloc(0);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid(`${file.name} is no text in UTF-8.`);
  }
}
