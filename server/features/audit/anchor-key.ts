import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";

export type AnchorKey = { publicKey: string; sign(text: string): string };

/** PKCS #8 of an Ed25519 private key up to its 32 bytes (RFC 8410, section 10.3). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
/** SubjectPublicKeyInfo up to its 32 bytes (RFC 8410, section 10.1). */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** An Ed25519 key that belongs to a secret of the configuration: the same secret gives the same key. */
export function anchorKeyOf(secret: string): AnchorKey {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "cere-console audit anchor 1", 32));
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  const publicKey = rawPublicKey(createPublicKey(key)).toString("base64");
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString("base64") };
}

export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const raw = Buffer.from(publicKey, "base64");
  if (raw.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: "der", type: "spki" });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, "base64"));
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(spkiPrefix.length);
}
