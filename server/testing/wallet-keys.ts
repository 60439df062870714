import { randomBytes } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import * as sr25519 from "@scure/sr25519";

/** A real key pair of each scheme, signing as a wallet does. `account` is 0x and 64 digits. */
export type WalletKey = {
  scheme: "sr25519" | "ed25519" | "ecdsa";
  account: string;
  sign(text: string): string;
};

export function sr25519Key(): WalletKey {
  const secret = sr25519.secretFromSeed(randomBytes(32));
  return {
    scheme: "sr25519",
    account: hex(sr25519.getPublicKey(secret)),
    sign: (text) => hex(sr25519.sign(secret, utf8ToBytes(text))),
  };
}

export function ed25519Key(): WalletKey {
  const secret = randomBytes(32);
  return {
    scheme: "ed25519",
    account: hex(ed25519.getPublicKey(secret)),
    sign: (text) => hex(ed25519.sign(utf8ToBytes(text), secret)),
  };
}

export function ecdsaKey(): WalletKey {
  const secret = secp256k1.utils.randomSecretKey();
  return {
    scheme: "ecdsa",
    account: hex(blake2b(secp256k1.getPublicKey(secret, true), { dkLen: 32 })),
    sign: (text) => {
      const hash = blake2b(utf8ToBytes(text), { dkLen: 32 });
      const [recovery = 0, ...rest] = secp256k1.sign(hash, secret, { prehash: false, format: "recovered" });
      return hex(concatBytes(Uint8Array.from(rest), Uint8Array.of(recovery)));
    },
  };
}

/** What an extension signs: never the bare text. */
export function wrapped(text: string): string {
  return `<Bytes>${text}</Bytes>`;
}

function hex(bytes: Uint8Array): string {
  return `0x${bytesToHex(bytes)}`;
}
