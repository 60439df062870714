import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { base32nopad } from "@scure/base";

/** RFC 6238 as every authenticator app has it: SHA-1, 30 s, six digits. */
export const totpStepMs = 30_000;
const digits = 6;
/** A clock may be off by a step in either direction. */
const drift = 1;

/** The code of one step (RFC 4226, section 5.3); `secret` as bytes. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = hmac(sha1, secret, new Uint8Array(counter.buffer));
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = new DataView(mac.buffer, mac.byteOffset).getUint32(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

export function totpStepAt(at: Date): number {
  return Math.floor(at.getTime() / totpStepMs);
}

/** The step that a code belongs to, newer than the last one used; null when it is wrong, too old or used before. */
export function matchTotp(
  secret: Uint8Array,
  code: string,
  { at, lastStep }: { at: Date; lastStep: number },
) {
  const now = totpStepAt(at);
  for (let step = now - drift; step <= now + drift; step += 1)
    if (step > lastStep && step >= 0 && isSame(totpCode(secret, step), code)) return step;
  return null;
}

/** In constant time for codes of one length. */
function isSame(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}

/** What the QR code says (the Key URI format that authenticator apps read). */
export function totpUri({
  secret,
  account,
  issuer,
}: {
  secret: Uint8Array;
  account: string;
  issuer: string;
}) {
  const label = encodeURIComponent(`${issuer}:${account}`);
  const query = new URLSearchParams({ secret: base32nopad.encode(secret), issuer, algorithm: "SHA1" });
  return `otpauth://totp/${label}?${query}&digits=${digits}&period=${totpStepMs / 1_000}`;
}

export function toTotpSecret(base32: string): Uint8Array {
  return base32nopad.decode(base32);
}

export function fromTotpSecret(secret: Uint8Array): string {
  return base32nopad.encode(secret);
}

/** As printed: "k7qx-2m4d-9tfw". Case, spaces and dashes do not matter. */
export function normalRecoveryCode(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
