import type { IdWord, Reading } from "./reading.ts";

const largestHeight = 0xffff_ffff;
const largestBucket = 2n ** 64n - 1n;

/** Alone, a smaller number is rather a part of a name than a block. */
const smallestHeightUnsaid = 1_000;

/**
 * "#24,817,344", "24 817 344", "24817344": block heights and bucket ids are both plain numbers, so a number that is not
 * said to be either is read as both. "12.5" and "1,23" are neither.
 */
export function readNumber(text: string, word: IdWord | null): Reading[] {
  const isMarked = text.startsWith("#");
  const digits = text.replace(/^#\s*/, "");
  if (!/^\d{1,3}(?:[ ,_.'\u2009\u202f]\d{3})+$|^\d{1,40}$/.test(digits)) return [];
  const number = BigInt(digits.replace(/\D/g, ""));
  if (word === "era")
    return number <= largestHeight ? [{ kind: "era", era: Number(number) }] : [tooLarge(text, "era")];
  if (word === "block") return number <= largestHeight ? [heightOf(number)] : [tooLarge(text, "block")];
  if (number > largestBucket) return [tooLarge(text, word === "bucket" ? "bucket" : null)];
  const bucket: Reading = { kind: "bucket", bucket: number.toString(), isSaid: word === "bucket" };
  if (word === "bucket") return [bucket];
  if (word !== null) return [];
  const isHeight = number <= largestHeight && (isMarked || number >= smallestHeightUnsaid);
  return isHeight ? [heightOf(number), bucket] : [bucket];
}

function heightOf(number: bigint): Reading {
  return { kind: "height", height: Number(number) };
}

function tooLarge(text: string, what: "bucket" | "block" | "era" | null): Reading {
  const limits = { bucket: "a bucket id", block: "a block height", era: "an era" };
  const [name, bits] = what === null || what === "bucket" ? ["a bucket id", 64] : [limits[what], 32];
  const reason = `It is larger than ${name} can be (${bits} bits).`;
  return { kind: "broken", what: "number", text, at: 0, length: text.length, reason };
}
