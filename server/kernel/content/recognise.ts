/** What bytes look like from their beginning. `media` is the type to show them by; null = not to be shown as it is. */
export type Recognised = {
  kind: "image" | "audio" | "video" | "document" | "archive" | "markup" | "text" | "opaque" | "unknown";
  name: string;
  media: string | null;
};

type Signature = { at: number; bytes: readonly number[]; is: Recognised };

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const signature = (at: number, bytes: readonly number[], is: Recognised): Signature => ({ at, bytes, is });
const image = (name: string, media: string | null): Recognised => ({ kind: "image", name, media });
const sound = (name: string, media: string): Recognised => ({ kind: "audio", name, media });
const video = (name: string, media: string): Recognised => ({ kind: "video", name, media });
const archive = (name: string): Recognised => ({ kind: "archive", name, media: null });

const signatures: readonly Signature[] = [
  signature(0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], image("PNG", "image/png")),
  signature(0, [0xff, 0xd8, 0xff], image("JPEG", "image/jpeg")),
  signature(0, ascii("GIF87a"), image("GIF", "image/gif")),
  signature(0, ascii("GIF89a"), image("GIF", "image/gif")),
  signature(8, ascii("WEBP"), image("WebP", "image/webp")),
  signature(8, ascii("WAVE"), sound("WAV", "audio/wav")),
  signature(0, ascii("ID3"), sound("MP3", "audio/mpeg")),
  signature(0, ascii("OggS"), sound("Ogg", "audio/ogg")),
  signature(0, ascii("fLaC"), sound("FLAC", "audio/flac")),
  signature(4, ascii("ftyp"), video("MP4", "video/mp4")),
  signature(0, [0x1a, 0x45, 0xdf, 0xa3], video("WebM", "video/webm")),
  signature(0, ascii("%PDF-"), { kind: "document", name: "PDF", media: null }),
  signature(0, [0x50, 0x4b, 0x03, 0x04], archive("ZIP")),
  signature(0, [0x1f, 0x8b], archive("gzip")),
  signature(0, [0x28, 0xb5, 0x2f, 0xfd], archive("zstd")),
  signature(0, [0x42, 0x5a, 0x68], archive("bzip2")),
  signature(0, [0xfd, 0x37, 0x7a, 0x58, 0x5a], archive("xz")),
];

const leastForEntropy = 512;
/** Bits a byte. Random bytes of a few kilobytes reach 7.9; compressed ones have a signature. */
const opaqueBits = 7.5;

/** Judges by the first kilobytes: known signatures, then text, then whether they are as even as random ones. */
export function recognise(head: Uint8Array): Recognised {
  const known = signatures.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  if (known) return known.is;
  const text = textOf(head);
  if (text !== null) return markupOf(text);
  if (head.length >= leastForEntropy && entropyOf(head) >= opaqueBits)
    return { kind: "opaque", name: "encrypted or random", media: null };
  return { kind: "unknown", name: "binary", media: null };
}

/** The type under which bytes may be shown in place, on an origin of their own; null for all that can run. */
export function inlineTypeOf(head: Uint8Array): string | null {
  return recognise(head).media;
}

/** Shannon's, bits a byte, 0 to 8. Of few bytes it says little. */
export function entropyOf(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts.reduce((sum, count) => {
    const share = count / bytes.length;
    return count === 0 ? sum : sum - share * Math.log2(share);
  }, 0);
}

function markupOf(text: string): Recognised {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (/^(<!doctype|<html|<head|<body|<script|<svg|<\?xml|<!--)/.test(start))
    return { kind: "markup", name: start.includes("<svg") ? "SVG" : "HTML or XML", media: null };
  return { kind: "text", name: /^[[{]/.test(start) ? "JSON" : "text", media: null };
}

/** Null when the bytes are not UTF-8 or hold control characters; a last character that is cut is forgiven. */
function textOf(bytes: Uint8Array): string | null {
  for (let cut = 0; cut < Math.min(4, bytes.length + 1); cut++)
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
    } catch {
      // One byte less may end a character.
    }
  return null;
}
