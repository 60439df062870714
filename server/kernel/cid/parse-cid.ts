import { base32Digit, bitsPerDigit, decodeBase32 } from "./base32.ts";
import { type Cid, cidHeader, cidOf, cidTextLength, digestBytes, kindOfCodecByte } from "./cid.ts";

/** `at` and `length` mark characters of the text as it was given; `at` may be its end, where something is missing. */
export type CidFault = {
  code:
    | "empty"
    | "prefix"
    | "upper_case"
    | "alphabet"
    | "version"
    | "codec"
    | "hash"
    | "digest_length"
    | "too_short"
    | "too_long"
    | "padding";
  at: number;
  length: number;
  /** One sentence: what is wrong there. */
  reason: string;
  /** What the text seems to be instead. */
  hint: string | null;
};

export type ParsedCid = { kind: "cid"; cid: Cid } | { kind: "fault"; fault: CidFault };

/**
 * Reads the canonical text of a DDC CID and nothing else. The first fault from left to right is reported, so that the
 * marked character is the one to look at. Stricter on purpose than the SDK, which takes any base32 text of enough bytes.
 */
export function parseCid(text: string): ParsedCid {
  const fault =
    prefixFault(text) ?? alphabetFault(text) ?? headerFault(text) ?? lengthFault(text) ?? paddingFault(text);
  if (fault) return { kind: "fault", fault: { ...fault, hint: hintOf(text) } };
  const bytes = decodeBase32(text.slice(1));
  const kind = kindOfCodecByte(bytes[1] ?? 0);
  if (kind === null) throw new Error("A header without a fault has a codec.");
  return { kind: "cid", cid: cidOf(kind, bytes.slice(-digestBytes)) };
}

/** The CID, or null where only that matters. */
export function findCid(text: string): Cid | null {
  const parsed = parseCid(text);
  return parsed.kind === "cid" ? parsed.cid : null;
}

type Fault = Omit<CidFault, "hint">;

function prefixFault(text: string): Fault | null {
  const [first] = text;
  if (first === undefined) return { code: "empty", at: 0, length: 0, reason: "There is no text." };
  if (first === "b") return null;
  if (first === "B")
    return { code: "upper_case", at: 0, length: 1, reason: "A CID of DDC is written in lower case." };
  return { code: "prefix", at: 0, length: 1, reason: `A CID of DDC begins with "b", not with "${first}".` };
}

function alphabetFault(text: string): Fault | null {
  for (let at = 1; at < Math.min(text.length, cidTextLength); at++) {
    const letter = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (base32Digit(letter) !== null) continue;
    const isUpper = base32Digit(letter.toLowerCase()) !== null;
    return {
      code: isUpper ? "upper_case" : "alphabet",
      at,
      length: letter.length,
      reason: isUpper
        ? `"${letter}" is in upper case; a CID of DDC is written in lower case.`
        : `"${letter}" is not one of the characters a–z and 2–7.`,
    };
  }
  return null;
}

/** Fields of the header by their first bit; a digit of the text holds five. */
function headerFault(text: string): Fault | null {
  const bytes = decodeBase32(text.slice(1, 1 + Math.ceil(32 / bitsPerDigit)));
  const [version, codec, hash, length] = bytes;
  if (version !== undefined && version !== cidHeader.version)
    return {
      code: "version",
      ...digitsOf(0, version, cidHeader.version),
      reason: `The CID version is ${version}, not 1.`,
    };
  if (codec !== undefined && kindOfCodecByte(codec) === null)
    return {
      code: "codec",
      ...digitsOf(8, codec, codec > 3 ? 3 : 1),
      reason: `The codec is ${codec}; DDC has 1 (DAG node), 2 (raw piece) and 3 (multipart piece).`,
    };
  if (hash !== undefined && hash !== cidHeader.blake3)
    return {
      code: "hash",
      ...digitsOf(16, hash, cidHeader.blake3),
      reason: `The hash function is 0x${hash.toString(16)}; DDC uses BLAKE3 (0x1e).`,
    };
  if (length !== undefined && length !== cidHeader.digestLength)
    return {
      code: "digest_length",
      ...digitsOf(24, length, cidHeader.digestLength),
      reason: `The digest length is ${length} bytes, not ${digestBytes}.`,
    };
  return null;
}

/** The characters from the first wrong bit of a header byte to the end of that byte. */
function digitsOf(firstBit: number, is: number, should: number): { at: number; length: number } {
  const wrongBit = Math.clz32((is ^ should) << 24);
  const at = 1 + Math.floor((firstBit + wrongBit) / bitsPerDigit);
  const end = 1 + Math.floor((firstBit + 7) / bitsPerDigit);
  return { at, length: end - at + 1 };
}

function lengthFault(text: string): Fault | null {
  const { length } = text;
  if (length < cidTextLength)
    return {
      code: "too_short",
      at: length,
      length: 0,
      reason: `The text ends after ${length} of ${cidTextLength} characters.`,
    };
  if (length > cidTextLength)
    return {
      code: "too_long",
      at: cidTextLength,
      length: length - cidTextLength,
      reason: `The text has ${length} characters, a CID has ${cidTextLength}.`,
    };
  return null;
}

/** 58 digits are 290 bits, 36 bytes are 288: the last two must be zero, or two texts would name one CID. */
function paddingFault(text: string): Fault | null {
  const at = cidTextLength - 1;
  if (((base32Digit(text[at] ?? "") ?? 0) & 3) === 0) return null;
  return {
    code: "padding",
    at,
    length: 1,
    reason: "The last character carries bits beyond the 36 bytes of a CID.",
  };
}

function hintOf(text: string): string | null {
  if (/^Qm[1-9A-HJ-NP-Za-km-z]{44}$/.test(text)) return "This is an IPFS CID of version 0.";
  if (/^baf(k|y)bei[a-z2-7]{52}$/.test(text) || /^bafkrei[a-z2-7]{52}$/.test(text))
    return "This is an IPFS CID with SHA-256.";
  if (/^bafk2bz[a-z2-7]+$/.test(text)) return "This is an old CID with BLAKE2b, as the first SDKs made them.";
  if (text.length === cidTextLength && /^[A-Z2-7]+$/.test(text))
    return "In lower case it may be a CID of DDC.";
  if (text.trim() !== text) return "There are spaces around it.";
  return text.length > 0 && text.length < 50 ? "This may be a CNS name." : null;
}
