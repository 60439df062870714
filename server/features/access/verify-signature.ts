import { ed25519 } from "@noble/curves/ed25519.js";
import { verify as verifySr25519 } from "@scure/sr25519";
import type { Signature } from "./signed-message.ts";

const keyBytes = 32;
const signatureBytes = 64;

/** Whether the signer of a signature signed exactly this message. Never throws: what is no key or no point is no signature. */
export function isSignedBy({ algorithm, signer, value }: Signature, message: Uint8Array): boolean {
  if (signer.length !== keyBytes || value.length !== signatureBytes) return false;
  try {
    return algorithm === "sr25519"
      ? verifySr25519(message, value, signer)
      : ed25519.verify(value, message, signer);
  } catch {
    return false;
  }
}
