import { createBLAKE3 } from "hash-wasm";

const hasher = await createBLAKE3();

/** BLAKE3-256. Only one hash is made at a time, so that one instance serves all. */
export function blake3(...parts: readonly Uint8Array[]): Uint8Array {
  hasher.init();
  for (const part of parts) hasher.update(part);
  return hasher.digest("binary");
}
