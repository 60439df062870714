import type { Readable } from "node:stream";
import { notFound, upstream } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { pieceKey } from "./register-version.ts";
import { type VersionInput, versionFileSchema } from "./schema.ts";

export type OpenedFile =
  | { fileName: string; bytes: number; body: Readable; address: null }
  | { address: URL };

const addressSeconds = 60;

/** A file of a version, archived ones too: an address of the store where it has one, else the bytes. */
export async function openVersionFile(
  { db, deps }: Pick<Ctx, "db" | "deps">,
  { agentId, cid, name }: VersionInput & { name: string },
): Promise<OpenedFile> {
  const key = { agentId_cid: { agentId, cid } };
  const found = await db.prisma.agentVersion.findUnique({ where: key, select: { files: true } });
  const file = versionFileSchema
    .array()
    .parse(found?.files ?? [])
    .find((one) => one.name === name);
  if (!file) throw notFound("file", name);
  const fileName = name.slice(name.lastIndexOf("/") + 1);
  const piece = pieceKey(file.cid);
  const address = await deps.objectStore.presignGet(piece, { forSeconds: addressSeconds, fileName });
  if (address) return { address };
  const object = await deps.objectStore.get(piece, { signal: AbortSignal.timeout(60_000) });
  if (!object) throw upstream("The object store", new Error(`${piece} is not there`));
  return { fileName, bytes: file.bytes, body: object.body, address: null };
}
