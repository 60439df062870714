import { createHash } from "node:crypto";

/** Codec bytes of a DDC CID: dag node, raw piece, multipart piece (cere-ddc-sdk-js packages/ddc/src/Cid.ts). */
const dagNode = 1;
const rawPiece = 2;
const multipartPiece = 3;

/**
 * A CID of the right form (CIDv1, codec, multihash BLAKE3-256 of 32 bytes) for the n-th object of a bucket. No content
 * stands behind it: the digest is a stand-in.
 */
export function cidOf(network: string, bucket: number, object: number): Uint8Array {
  const digest = createHash("sha256").update(`${network}/${bucket}/${object}`).digest();
  const cid = new Uint8Array(36);
  cid.set([1, codecOf(object), 0x1e, 0x20]);
  cid.set(digest, 4);
  return cid;
}

function codecOf(object: number): number {
  if (object % 13 === 4) return dagNode;
  return object % 17 === 9 ? multipartPiece : rawPiece;
}
