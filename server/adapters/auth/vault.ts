import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Vault } from "../../ports/vault.ts";

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with a key for each purpose, made from one secret by HKDF. */
export function buildVault(secret: string): Vault {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "", `console ${purpose}`, 32));
  return {
    seal: (text, purpose) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    open: (text, purpose) => {
      const bytes = Buffer.from(text, "base64url");
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), nonce, { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const opened = decipher.update(bytes.subarray(nonceBytes + tagBytes));
      return Buffer.concat([opened, decipher.final()]).toString("utf8");
    },
  };
}
