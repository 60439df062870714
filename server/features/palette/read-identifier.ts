import { splitIdWord } from "./id-word.ts";
import { readAddress } from "./read-address.ts";
import { readId } from "./read-id.ts";
import { readNumber } from "./read-number.ts";
import type { IdWord, Reading } from "./reading.ts";
import { findSecret, withoutCredentials } from "./secret-rules.ts";
import { tokensOf, unwrapPasted, withoutSpaces } from "./unwrap-pasted.ts";

/**
 * Reads what somebody pasted: an id of any kind, with quotes, spaces, line breaks, thousands separators, a word before it
 * ("bucket #12"), in an address of ours or of others, or inside a sentence. Several readings are possible; none means
 * that the text is rather a name. Never throws, whatever it is given.
 */
export function readIdentifier(pasted: string): Reading[] {
  const text = unwrapPasted(withoutCredentials(pasted));
  if (text === "") return [];
  const secret = findSecret(text);
  if (secret !== null) return [{ kind: "secret", what: secret }];
  const address = readAddress(text);
  if (address) return [address];
  const said = splitIdWord(text);
  const saidReadings = said ? readWhole(unwrapPasted(said.rest), said.word) : [];
  if (saidReadings.length > 0) return saidReadings;
  const whole = readWhole(text, null);
  return whole.length > 0 ? whole : readSentence(text);
}

/** The words to search names with; empty when the text is an id and nothing else. */
export function searchWords(pasted: string): string[] {
  const text = unwrapPasted(pasted);
  const words = (hostOf(text) ?? text).toLowerCase().slice(0, 200).split(/\s+/);
  return words.filter((word) => word !== "").slice(0, 8);
}

function readWhole(text: string, word: IdWord | null): Reading[] {
  if (word !== null) {
    const address = readAddress(text);
    if (address) return [address];
  }
  const id = readId(withoutSpaces(text), word);
  if (id && isBelieved(id, text)) return [id];
  return readNumber(text, word);
}

/** What may have been broken over lines or set in groups. */
const spaced: readonly Reading["kind"][] = ["key", "hash", "genesis", "cluster", "cid"];

/** Words that only look like an id, or a damaged one, when their spaces are taken out are words. */
function isBelieved({ kind }: Reading, text: string): boolean {
  if (!/\s/.test(text) || spaced.includes(kind)) return true;
  return kind === "broken" && !text.split(/\s+/).some((part) => /^[a-z]{1,12}$/i.test(part));
}

const mostOfSentence = 5;

/** Whole ids inside of something longer, such as a line of a log; each once. */
function readSentence(text: string): Reading[] {
  const tokens = tokensOf(text.slice(0, 2_000));
  if (tokens.length < 2) return [];
  const found = tokens.flatMap((token, at): Reading[] => {
    const reading =
      readAddress(token) ?? readId(token, splitIdWord(`${tokens[at - 1] ?? ""} ${token}`)?.word ?? null);
    return reading && isSure(reading) ? [reading] : [];
  });
  const byText = new Map(found.map((reading) => [JSON.stringify(reading), reading]));
  return [...byText.values()].slice(0, mostOfSentence);
}

const sure: readonly Reading["kind"][] = [
  "key",
  "hash",
  "genesis",
  "cluster",
  "cid",
  "agent",
  "record",
  "person",
  "page",
];

function isSure({ kind }: Reading): boolean {
  return sure.includes(kind);
}

/** Of a node's own address: "https://s07.fsn1.example:8080/info" → "s07.fsn1.example". */
function hostOf(text: string): string | null {
  return /^https?:\/\/([^/:\s?#]+)/i.exec(text)?.[1] ?? null;
}
