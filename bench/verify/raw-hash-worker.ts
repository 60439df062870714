import { openBlake3 } from "../../server/kernel/cid/blake3.ts";

/** What there is to reach: the hash alone, over bytes that are in memory. Runs as /raw-hash-worker.js. */
type Scope = {
  postMessage(message: { ms: number }): void;
  addEventListener(type: "message", listener: (event: MessageEvent<{ bytes: Uint8Array }>) => void): void;
};

const scope = globalThis as unknown as Scope;
const stepBytes = 65_536;

scope.addEventListener("message", ({ data: { bytes } }) => {
  void openBlake3().then((hasher) => {
    const started = performance.now();
    for (let at = 0; at < bytes.length; at += stepBytes) hasher.update(bytes.subarray(at, at + stepBytes));
    hasher.digest();
    scope.postMessage({ ms: performance.now() - started });
  });
});
