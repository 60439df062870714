import { bytesToHex } from "@noble/hashes/utils.js";
import { encodeBase32 } from "./base32.ts";

export type CidKind = "dag-node" | "raw-piece" | "multipart-piece";

/** BLAKE3-256, 32 bytes. */
export type Digest = Uint8Array;

/** A content identifier of DDC. `text` is its one canonical form, 59 characters; `bytes` are the 36 it stands for. */
export type Cid = { text: string; kind: CidKind; bytes: Uint8Array; digest: Digest };

/**
 * The 36 bytes of a DDC CID: version 1, kind, multihash code BLAKE3, digest length, digest
 * (cere-ddc-sdk-js packages/ddc/src/Cid.ts). Kinds 1 to 3 are private to DDC: no IPLD codec is registered under them.
 */
export const cidBytes = 36;
export const digestBytes = 32;
export const cidTextLength = 59;
export const cidHeader = { version: 1, blake3: 0x1e, digestLength: 0x20 } as const;
const headerBytes = 4;

const kindOfCode: ReadonlyMap<number, CidKind> = new Map([
  [1, "dag-node"],
  [2, "raw-piece"],
  [3, "multipart-piece"],
]);
const codeOfKind = { "dag-node": 1, "raw-piece": 2, "multipart-piece": 3 } as const satisfies Record<
  CidKind,
  number
>;

export function kindOfCodecByte(code: number): CidKind | null {
  return kindOfCode.get(code) ?? null;
}

/** The CID of content of this kind with this digest. */
export function cidOf(kind: CidKind, digest: Digest): Cid {
  if (digest.length !== digestBytes)
    throw new RangeError(`A BLAKE3-256 digest has ${digestBytes} bytes, not ${digest.length}.`);
  const bytes = new Uint8Array(cidBytes);
  bytes.set([cidHeader.version, codeOfKind[kind], cidHeader.blake3, cidHeader.digestLength]);
  bytes.set(digest, headerBytes);
  return { text: `b${encodeBase32(bytes)}`, kind, bytes, digest: bytes.subarray(headerBytes) };
}

/** What is wrong with bytes that should be a CID: `at` counts bytes. */
export type CidBytesFault = { at: number; reason: string };

/** Judges bytes as strictly as `parseCid` judges text. */
export function cidFromBytes(bytes: Uint8Array): Cid | CidBytesFault {
  if (bytes.length !== cidBytes) {
    const reason = `it has ${bytes.length} bytes, a CID has ${cidBytes}`;
    return { at: Math.min(bytes.length, cidBytes), reason };
  }
  const [version = 0, code = 0, hash = 0, length = 0] = bytes;
  const kind = kindOfCodecByte(code);
  if (version !== cidHeader.version) return { at: 0, reason: `its CID version is ${version}, not 1` };
  if (kind === null) return { at: 1, reason: `its codec is ${code}; DDC has 1, 2 and 3` };
  if (hash !== cidHeader.blake3) return { at: 2, reason: `its hash is 0x${hash.toString(16)}, not BLAKE3` };
  if (length !== cidHeader.digestLength) return { at: 3, reason: `its digest has ${length} bytes, not 32` };
  return cidOf(kind, bytes.subarray(headerBytes));
}

export function isCid(value: Cid | { reason: string }): value is Cid {
  return "digest" in value;
}

export function digestHex(digest: Digest): string {
  return bytesToHex(digest);
}

export function isSameDigest(one: Digest, other: Digest): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
