/** Value of each base64 character, of both alphabets; 255 is none. */
export const base64Values = (() => {
  const values = new Uint8Array(256).fill(255);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  for (const [plus, slash] of ["+/", "-_"]) {
    values[plus?.charCodeAt(0) ?? 0] = 62;
    values[slash?.charCodeAt(0) ?? 0] = 63;
  }
  return values;
})();

/**
 * Decodes base64 characters, without padding and known to be of the alphabet, into `target`; returns the number of bytes.
 * Bits beyond the last whole byte are ignored, as Buffer does.
 */
export function decodeBase64(source: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let length = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const bits =
      (valueAt(source, at) << 18) |
      (valueAt(source, at + 1) << 12) |
      (valueAt(source, at + 2) << 6) |
      valueAt(source, at + 3);
    target[length++] = bits >> 16;
    target[length++] = bits >> 8;
    target[length++] = bits;
  }
  if (end - at >= 2) target[length++] = (valueAt(source, at) << 2) | (valueAt(source, at + 1) >> 4);
  if (end - at === 3) target[length++] = (valueAt(source, at + 1) << 4) | (valueAt(source, at + 2) >> 2);
  return length;
}

function valueAt(source: Uint8Array, at: number): number {
  return base64Values[source[at] ?? 0] ?? 0;
}
