import { ed25519 } from "@noble/curves/ed25519.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { verify as verifySr25519 } from "@scure/sr25519";

export type SignatureScheme = "sr25519" | "ed25519" | "ecdsa";

/** Variant numbers of MultiSignature (polkadot-sdk substrate/primitives/runtime/src/lib.rs). */
const variants: Readonly<Record<number, SignatureScheme>> = { 0: "ed25519", 1: "sr25519", 2: "ecdsa" };

/**
 * With which scheme the account (`0x` + 64 hex) signed this text, null when it did not. `signature` is hex, bare or as a
 * MultiSignature. Wallets put <Bytes>…</Bytes> around what they sign, so that no text can be a transaction; tools for
 * the command line sign the text itself.
 */
export function schemeOfSignature(text: string, signature: string, account: string): SignatureScheme | null {
  const bytes = bytesOf(signature);
  if (bytes === null) return null;
  for (const signed of [`<Bytes>${text}</Bytes>`, text])
    for (const { scheme, body } of candidates(bytes))
      if (isSignedBy(account, { scheme, body, message: utf8ToBytes(signed) })) return scheme;
  return null;
}

type Candidate = { scheme: SignatureScheme; body: Uint8Array };

/** 64 bytes are sr25519 or ed25519, 65 are ecdsa; one byte more names the scheme. */
function candidates(bytes: Uint8Array): Candidate[] {
  const named = variants[bytes[0] ?? -1];
  const rest = bytes.subarray(1);
  const isNamed = named !== undefined && rest.length === (named === "ecdsa" ? 65 : 64);
  const bare: Candidate[] =
    bytes.length === 64
      ? [
          { scheme: "sr25519", body: bytes },
          { scheme: "ed25519", body: bytes },
        ]
      : bytes.length === 65
        ? [{ scheme: "ecdsa", body: bytes }]
        : [];
  return isNamed ? [{ scheme: named, body: rest }, ...bare] : bare;
}

function isSignedBy(
  account: string,
  { scheme, body, message }: Candidate & { message: Uint8Array },
): boolean {
  const key = hexToBytes(account.slice(2));
  try {
    switch (scheme) {
      case "sr25519":
        return verifySr25519(message, body, key);
      case "ed25519":
        return ed25519.verify(body, message, key);
      case "ecdsa":
        return accountOfEcdsa(message, body) === account;
    }
  } catch {
    // Bytes that are no point of the curve are no signature.
    return false;
  }
}

/** An ecdsa account is the BLAKE2b-256 of its compressed key; the key is recovered from r, s and the last byte. */
function accountOfEcdsa(message: Uint8Array, body: Uint8Array): string {
  const [recovery = 0] = body.subarray(64);
  const recoverable = concatBytes(
    Uint8Array.of(recovery >= 27 ? recovery - 27 : recovery),
    body.subarray(0, 64),
  );
  const hash = blake2b(message, { dkLen: 32 });
  const point = secp256k1.recoverPublicKey(recoverable, hash, { prehash: false });
  return `0x${bytesToHex(blake2b(point, { dkLen: 32 }))}`;
}

function bytesOf(signature: string): Uint8Array | null {
  const hex = signature.trim().replace(/^0x/i, "");
  return /^([0-9a-f]{2}){64,66}$/i.test(hex) ? hexToBytes(hex.toLowerCase()) : null;
}
