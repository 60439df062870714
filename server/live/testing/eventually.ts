import { expect } from "vitest";

/** What becomes true by itself, on a busy machine too: `await eventually(() => count).toBe(3)`. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 20_000, interval: 20 });
}
