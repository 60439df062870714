/**
 * A 64-bit hash as two signed 32-bit halves, so that no BigInt is made per record: two MurmurHash3 lanes (32-bit variant)
 * with different seeds over the same bytes. It names things; it protects nothing.
 */
export class Hash64 {
  high = 0;
  low = 0;

  of(bytes: Uint8Array, start: number, end: number): this {
    this.high = murmur3(bytes, start, end, 0x9747b28c);
    this.low = murmur3(bytes, start, end, 0x3c6ef372);
    return this;
  }
}

function murmur3(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mix(hash, wordAt(bytes, at));
  if (at < end) hash ^= scramble(tailAt(bytes, at, end));
  hash ^= end - start;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function mix(hash: number, word: number): number {
  const mixed = hash ^ scramble(word);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function tailAt(bytes: Uint8Array, at: number, end: number): number {
  let tail = 0;
  for (let index = end - 1; index >= at; index--) tail = (tail << 8) | (bytes[index] ?? 0);
  return tail;
}
