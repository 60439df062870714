/** Alphabet of RFC 4648 base32 in lower case, as multibase prefix `b` uses it without padding. */
export const base32Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
export const bitsPerDigit = 5;

const digitOf = new Map([...base32Alphabet].map((letter, digit) => [letter, digit]));

/** The digit that a character stands for; null when it is not of the alphabet. */
export function base32Digit(letter: string): number | null {
  return digitOf.get(letter) ?? null;
}

/** Bytes of base32 text without padding; bits that make no whole byte are dropped. Throws on foreign characters. */
export function decodeBase32(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * bitsPerDigit) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const digit = base32Digit(letter);
    if (digit === null) throw new RangeError(`"${letter}" is not base32.`);
    held = ((held << bitsPerDigit) | digit) & 0xfff;
    bits += bitsPerDigit;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >>> bits;
  }
  return bytes;
}

export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= bitsPerDigit) {
      bits -= bitsPerDigit;
      text += base32Alphabet[(held >>> bits) & 31];
    }
  }
  if (bits > 0) text += base32Alphabet[(held << (bitsPerDigit - bits)) & 31];
  return text;
}
