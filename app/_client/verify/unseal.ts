/** Encryptions that Cere's SDKs and the local network use; the first bytes of a piece are the IV or nonce. */
export const sealings = ["aes-256-gcm", "nacl-secretbox"] as const;
export type Sealing = (typeof sealings)[number];

const ivBytes = 12;
const nonceBytes = 24;
const keyBytes = 32;

export type Unsealed = { kind: "plain"; bytes: Uint8Array } | { kind: "refused"; why: string };

/** A key of 32 bytes from hex (with or without 0x) or base64; null when it is neither. */
export function parseKey(text: string): Uint8Array<ArrayBuffer> | null {
  const trimmed = text.trim().replace(/^0x/i, "");
  if (/^[0-9a-f]{64}$/i.test(trimmed))
    return Uint8Array.from(trimmed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return null;
  const binary = atob(trimmed.replaceAll("-", "+").replaceAll("_", "/").padEnd(44, "="));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return bytes.length === keyBytes ? bytes : null;
}

/** Decrypts in this browser. The key goes nowhere: no request, no storage, no address. */
export async function unseal(
  sealed: Uint8Array<ArrayBuffer>,
  { sealing, key }: { sealing: Sealing; key: Uint8Array<ArrayBuffer> },
): Promise<Unsealed> {
  const head = sealing === "aes-256-gcm" ? ivBytes : nonceBytes;
  if (sealed.length < head + 16) return { kind: "refused", why: "It is too short to be sealed." };
  try {
    return { kind: "plain", bytes: await open(sealed, { sealing, key, head }) };
  } catch {
    return { kind: "refused", why: "The key does not fit: the seal is broken or another key closed it." };
  }
}

async function open(
  sealed: Uint8Array<ArrayBuffer>,
  { sealing, key, head }: { sealing: Sealing; key: Uint8Array<ArrayBuffer>; head: number },
): Promise<Uint8Array> {
  const [start, rest] = [sealed.subarray(0, head), sealed.subarray(head)];
  if (sealing === "nacl-secretbox") {
    const { xsalsa20poly1305 } = await import("@noble/ciphers/salsa.js");
    return xsalsa20poly1305(key, start).decrypt(rest);
  }
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: start }, imported, rest));
}
