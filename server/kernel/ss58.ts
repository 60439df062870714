import { blake2b } from "@noble/hashes/blake2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { base58 } from "@scure/base";
import { cereSs58Prefix } from "./networks.ts";

/** Old data of the network carries the generic Substrate prefix beside Cere's own. */
const knownPrefixes: readonly number[] = [cereSs58Prefix, 42];

const keyBytes = 32;
const checksumBytes = 2;

/** `at` and `length` mark the wrong characters; the whole text when it cannot be told which one is. */
export type Ss58Fault = { kind: "fault"; at: number; length: number; reason: string };

/**
 * A 32-byte public key as `0x` + 64 lower-case hex digits, from SS58 text (prefix 54 or 42, checksum checked) or from
 * hex in either case. Null for anything else: a wrong checksum is a typing error, never another account.
 */
export function parsePublicKey(text: string): string | null {
  if (/^0x[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  const read = readSs58(text);
  return read.kind === "key" && knownPrefixes.includes(read.prefix) ? read.hex : null;
}

/** An account of any network of the family: its key and the prefix it was written with, or what is wrong with it. */
export function readSs58(text: string): { kind: "key"; hex: string; prefix: number } | Ss58Fault {
  const foreign = text.search(/[^1-9A-HJ-NP-Za-km-z]/);
  if (foreign >= 0)
    return fault(
      foreign,
      1,
      `"${text[foreign]}" is in no account: 0, O, I and l are left out, and so are all signs.`,
    );
  const bytes = decodeBase58(text);
  const prefixBytes = (bytes?.[0] ?? 0) < 64 ? 1 : 2;
  const wanted = prefixBytes + keyBytes + checksumBytes;
  if (bytes?.length !== wanted)
    return fault(
      0,
      text.length,
      `It stands for ${bytes?.length ?? 0} bytes; an account of 32 bytes has ${wanted}.`,
    );
  const body = bytes.subarray(0, prefixBytes + keyBytes);
  const checksum = bytes.subarray(body.length);
  if (!checksumOf(body).every((byte, index) => byte === checksum[index]))
    return fault(0, text.length, "Its checksum is wrong: a character is missing or changed.");
  return { kind: "key", hex: `0x${bytesToHex(body.subarray(prefixBytes))}`, prefix: prefixOf(body) };
}

function fault(at: number, length: number, reason: string): Ss58Fault {
  return { kind: "fault", at, length, reason };
}

/** One byte below 64, else 14 bits over two (paritytech/substrate, primitives/core/src/crypto.rs). */
function prefixOf([first = 0, second = 0]: Uint8Array): number {
  if (first < 64) return first;
  return ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8);
}

/** SS58 text of a `0x` + 64 hex key; throws on anything else, because the key is then our own mistake. */
export function toSs58(keyHex: string, prefix: number = cereSs58Prefix): string {
  const key = hexToBytes(keyHex.replace(/^0x/, ""));
  if (key.length !== keyBytes) throw new RangeError(`A public key has ${keyBytes} bytes, not ${key.length}.`);
  const body = concatBytes(Uint8Array.of(prefix), key);
  return base58.encode(concatBytes(body, checksumOf(body)));
}

/** First two bytes of BLAKE2b-512 over "SS58PRE" and the body (paritytech/substrate, primitives/core/src/crypto.rs). */
function checksumOf(body: Uint8Array): Uint8Array {
  return blake2b(concatBytes(utf8ToBytes("SS58PRE"), body), { dkLen: 64 }).subarray(0, checksumBytes);
}

function decodeBase58(text: string): Uint8Array | null {
  try {
    return text.length <= 64 ? base58.decode(text) : null;
  } catch {
    return null;
  }
}
