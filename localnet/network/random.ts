/** A stream of numbers that is the same for the same seed. */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number;
  integer(below: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Mean 0, deviation 1. */
  normal(): number;
  logNormal(median: number, sigma: number): number;
  /** 0 ≤ rank < count; rank r about (r + 1)^-exponent as likely as rank 0. */
  zipf(count: number, exponent: number): number;
  fill(bytes: Uint8Array): Uint8Array;
};

export function randomFrom(seed: string): Random {
  return randomOf(hash(seed));
}

/** As `randomFrom`; seeds that follow each other give streams that do not. */
export function randomOf(seed: number): Random {
  const next = mulberry(Math.imul(seed, 0x9e3779b1) >>> 0);
  const integer = (below: number) => Math.floor(next() * below);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    integer,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (items) => items[integer(items.length)] ?? items[0],
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    zipf: (count, exponent) => zipfRank(next(), count, exponent),
    fill: (bytes) => {
      let word = 0;
      for (let at = 0; at < bytes.length; at++) {
        if (at % 4 === 0) word = integer(2 ** 32);
        bytes[at] = word;
        word >>>= 8;
      }
      return bytes;
    },
  };
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Inverse of the continuous Zipf distribution: close enough, and constant time. */
function zipfRank(uniform: number, count: number, exponent: number): number {
  const power = 1 - exponent;
  const rank =
    Math.abs(power) < 1e-6
      ? (count + 1) ** uniform
      : (1 + uniform * ((count + 1) ** power - 1)) ** (1 / power);
  return Math.min(count - 1, Math.floor(rank) - 1);
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for looks. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
