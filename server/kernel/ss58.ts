import { blake2b } from "@noble/hashes/blake2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { base58 } from "@scure/base";
import { cereSs58Prefix } from "./networks.ts";

/** Old data of the network carries the generic Substrate prefix beside Cere's own. */
const knownPrefixes: readonly number[] = [cereSs58Prefix, 42];

const keyBytes = 32;
const checksumBytes = 2;

/**
 * A 32-byte public key as `0x` + 64 lower-case hex digits, from SS58 text (prefix 54 or 42, checksum checked) or from
 * hex in either case. Null for anything else: a wrong checksum is a typing error, never another account.
 */
export function parsePublicKey(text: string): string | null {
  if (/^0x[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  const bytes = decodeBase58(text);
  if (bytes?.length !== 1 + keyBytes + checksumBytes) return null;
  const body = bytes.subarray(0, 1 + keyBytes);
  const checksum = bytes.subarray(1 + keyBytes);
  if (!knownPrefixes.includes(body[0] ?? -1)) return null;
  if (!checksumOf(body).every((byte, index) => byte === checksum[index])) return null;
  return `0x${bytesToHex(body.subarray(1))}`;
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
