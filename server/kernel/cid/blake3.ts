import { createBLAKE3 } from "hash-wasm";
import type { Digest } from "./cid.ts";

/** BLAKE3-256 over bytes that arrive in parts. Its state can be kept and taken up again. */
export type Blake3 = {
  update(bytes: Uint8Array): void;
  /** Ends it: afterwards only `reset` and `restore` are allowed. */
  digest(): Digest;
  reset(): void;
  /** A few KiB, whatever was read so far; only the same version of this module understands it. */
  save(): Uint8Array;
  restore(state: Uint8Array): void;
};

/** WebAssembly, about half a gigabyte a second; needs `'wasm-unsafe-eval'` where a page has a content security policy. */
export async function openBlake3(): Promise<Blake3> {
  const hasher = await createBLAKE3();
  hasher.init();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => hasher.digest("binary"),
    reset: () => void hasher.init(),
    save: () => hasher.save(),
    restore: (state) => void hasher.load(state),
  };
}
