import { createHash, randomBytes } from "node:crypto";
import { base58 } from "@scure/base";
import { tokenPrefix } from "./rules.ts";

const shownCharacters = 6;

export type TokenSecret = { secret: string; hint: string; hash: Uint8Array<ArrayBuffer> };

/** 256 random bits: nothing can be guessed, so a fast hash keeps them as well as a slow one. */
export function newTokenSecret(): TokenSecret {
  const secret = tokenPrefix + base58.encode(randomBytes(32));
  return { secret, hint: secret.slice(0, tokenPrefix.length + shownCharacters), hash: hashOfToken(secret) };
}

export function hashOfToken(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret).digest());
}

/** The token of an Authorization header; null when it carries none of ours. */
export function bearerToken(authorization: string | null): string | null {
  const [, given] = /^Bearer +(\S{1,200})$/i.exec(authorization ?? "") ?? [];
  return given?.startsWith(tokenPrefix) ? given : null;
}
