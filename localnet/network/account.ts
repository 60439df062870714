import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";
import { base58 } from "@scure/base";

/** An account or node of the local network: an ed25519 key whose seed is its name. */
export type Account = { name: string; publicKey: Uint8Array; hex: string; ss58: string };

const ss58Prefix = 54;
/** PKCS #8 around a bare ed25519 seed (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

export function accountOf(name: string): Account {
  const spki = createPublicKey(privateKeyOf(name)).export({ format: "der", type: "spki" });
  const publicKey = new Uint8Array(spki.subarray(-32));
  return { name, publicKey, hex: `0x${Buffer.from(publicKey).toString("hex")}`, ss58: toSs58(publicKey) };
}

export function signAs({ name }: Account, message: Uint8Array): Uint8Array {
  return sign(null, message, privateKeyOf(name));
}

function privateKeyOf(name: string): KeyObject {
  const seed = createHash("sha256").update(`cere localnet ${name}`).digest();
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
}

/** Substrate's address format: prefix byte, key, two bytes of BLAKE2b-512 over "SS58PRE" and both. */
export function toSs58(publicKey: Uint8Array): string {
  const body = new Uint8Array([ss58Prefix, ...publicKey]);
  const checksum = blake2b(new Uint8Array([...Buffer.from("SS58PRE"), ...body]), { dkLen: 64 });
  return base58.encode(new Uint8Array([...body, ...checksum.subarray(0, 2)]));
}
