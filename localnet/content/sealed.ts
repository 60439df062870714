import { createCipheriv, createHash } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";

export const sealings = ["aes-256-gcm", "nacl-secretbox"] as const;
export type Sealing = (typeof sealings)[number];

const ivBytes = 12;
const nonceBytes = 24;

/** The key of a bucket: SHA-256 of a sentence that anybody can write down (localnet/README.md). */
export function sealingKey(network: string, bucket: number, sealing: Sealing): Uint8Array {
  return createHash("sha256").update(`cere localnet ${network} bucket ${bucket} ${sealing}`).digest();
}

/** AES: 12 bytes of IV, ciphertext, 16 bytes of tag. secretbox: 24 bytes of nonce, box. The IV comes from the content. */
export function seal(sealing: Sealing, key: Uint8Array, plain: Uint8Array): Uint8Array {
  const salt = createHash("sha256").update(key).update(plain).digest();
  if (sealing === "nacl-secretbox") {
    const nonce = salt.subarray(0, nonceBytes);
    return Buffer.concat([nonce, xsalsa20poly1305(key, nonce).encrypt(plain)]);
  }
  const iv = salt.subarray(0, ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
