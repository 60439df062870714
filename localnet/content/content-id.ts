import { blake3 } from "./hash.ts";

/** Codec bytes of a DDC CID (cere-ddc-sdk-js packages/ddc/src/Cid.ts). */
export const codec = { dagNode: 1, rawPiece: 2, multipartPiece: 3 } as const;
export type Codec = (typeof codec)[keyof typeof codec];

const headerBytes = 4;
const cidLength = 36;
const textLength = 59;
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** Version 1, codec, multihash BLAKE3 of 32 bytes, digest. */
export function contentId(kind: Codec, digest: Uint8Array): Uint8Array {
  const cid = new Uint8Array(cidLength);
  cid.set([1, kind, 0x1e, 0x20]);
  cid.set(digest, headerBytes);
  return cid;
}

export function pieceId(bytes: Uint8Array): Uint8Array {
  return contentId(codec.rawPiece, blake3(bytes));
}

export function codecOf(cid: Uint8Array): number {
  return cid[1] ?? 0;
}

export function textOf(cid: Uint8Array): string {
  let text = "b";
  let held = 0;
  let bits = 0;
  for (const byte of cid) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >>> (bits - 5)) & 31];
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

/** The 36 bytes; null for everything that is not written as `textOf` writes it. */
export function parseContentId(text: string): Uint8Array | null {
  if (text.length !== textLength || text[0] !== "b") return null;
  const cid = new Uint8Array(cidLength);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text.slice(1)) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return null;
    held = ((held << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    cid[at++] = held >>> bits;
  }
  return textOf(cid) === text ? cid : null;
}
