import type { ArchiveLimits } from "../../kernel/archive/archive-limits.ts";
import { type Cid, cidOf, type Digest } from "../../kernel/cid/cid.ts";
import { encodeDagNode } from "../../kernel/cid/dag-node.ts";

const mebibyte = 2 ** 20;

export const uploadLimits = {
  maxBytes: 64 * mebibyte,
  maxFiles: 200,
  maxDepth: 8,
  maxNameBytes: 200,
  maxRatio: 100,
} as const satisfies ArchiveLimits;

export const manifestName = "manifest.json";
export const maxManifestBytes = 256 * 1024;
/** Every part but the last; stores take none below 5 MiB. */
export const partBytes = 8 * mebibyte;
/** Uploads that one person may leave open. */
export const maxOpenUploads = 10;
export const uploadKeptHours = 24;

/** A file of a version: its bytes are one raw piece. */
export type PieceFile = { name: string; cid: Cid; bytes: number };

/**
 * What a version is called: the CID of the DAG node that links its files by name, sorted by code unit. It holds no time and
 * no author, so the same files are the same version.
 */
export function versionNodeOf(
  files: readonly PieceFile[],
  digest: (bytes: Uint8Array) => Digest,
): { cid: Cid; bytes: Uint8Array<ArrayBuffer> } {
  const sorted = files.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const links = sorted.map(({ name, cid, bytes }) => ({ name, cid, size: BigInt(bytes) }));
  const bytes = encodeDagNode({ data: new Uint8Array(0), links, tags: [] });
  return { cid: cidOf("dag-node", digest(bytes)), bytes };
}

export function isArchiveName(name: string): boolean {
  return /\.(zip|tgz|tar\.gz)$/i.test(name);
}

/** Parts of a file of this size; an empty file has one empty part. */
export function partsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / partBytes));
}

/** How long part `part` (from 1) of a file has to be; null when it has no such part. */
export function partLength(fileBytes: number, part: number): number | null {
  if (!Number.isInteger(part) || part < 1 || part > partsOf(fileBytes)) return null;
  return Math.min(partBytes, fileBytes - (part - 1) * partBytes);
}
