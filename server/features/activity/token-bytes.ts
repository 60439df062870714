const base64 = /^[A-Za-z0-9+/_-]{40,4000}={0,2}$/;

/** Bytes of a token in base64, one character a byte; empty for anything else. */
export function tokenBytes(text: unknown): string {
  return typeof text === "string" && base64.test(text) ? Buffer.from(text, "base64").toString("latin1") : "";
}
