import { base64Values } from "./base64-bytes.ts";

/** Thrown, always this one object, when the text is not of the plain form that JsonBytes reads. */
export const unusual = new Error("not the plain form");

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const padding = 0x3d;
const zero = 0x30;
const nine = 0x39;

/** Printable ASCII but quote and backslash: 1. Space, tab and line ends outside strings: 2. */
const classes = (() => {
  const table = new Uint8Array(256);
  table.fill(1, 0x20, 0x7f);
  table[quote] = 0;
  table[backslash] = 0;
  for (const blank of [0x09, 0x0a, 0x0d]) table[blank] = 2;
  return table;
})();

const deepest = 16;
const longestUint = 15;
const none = 255;

type Word = { bytes: Uint8Array; value: number };
export type WordTable = readonly (readonly Word[])[];

/** Words by their length, so that one is recognised by a comparison or two. */
export function wordTable(values: Readonly<Record<string, number>>): WordTable {
  const table: Word[][] = Array.from({ length: 32 }, () => []);
  for (const [word, value] of Object.entries(values))
    table[word.length]?.push({ bytes: Buffer.from(word, "latin1"), value });
  return table;
}

/**
 * Pulls known fields out of JSON text without building objects. It reads printable ASCII without escapes and whole numbers of
 * up to 15 digits, and checks the grammar of everything it passes; for anything else it throws `unusual`, and a full parser
 * has to decide. So what it accepts is valid JSON, but not the other way round.
 */
export class JsonBytes {
  /** Range of the last base64 text, without its padding. */
  from = 0;
  to = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;
  private end = 0;
  private readonly names: WordTable;

  constructor(names: Readonly<Record<string, number>>) {
    this.names = wordTable(names);
  }

  begin(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Nothing but blanks may follow. */
  finish(): void {
    if (this.peek() !== -1) throw unusual;
  }

  /** Into an object: its first name, or -1 when it is empty. */
  enter(): number {
    this.expect(openBrace);
    if (this.peek() !== closeBrace) return this.name();
    this.at++;
    return -1;
  }

  /** After a value: the next name of the object, or -1 at its end. */
  nextName(): number {
    const byte = this.peek();
    this.at++;
    if (byte === closeBrace) return -1;
    if (byte !== comma) throw unusual;
    return this.name();
  }

  /** A whole number from 0, as number or as text. */
  uint(): number {
    const isText = this.peek() === quote;
    if (isText) this.at++;
    const start = this.at;
    let value = 0;
    let digit = (this.bytes[this.at] ?? 0) - zero;
    while (digit >= 0 && digit <= 9 && this.at < this.end) {
      value = value * 10 + digit;
      digit = (this.bytes[++this.at] ?? 0) - zero;
    }
    const digits = this.at - start;
    if (digits === 0 || digits > longestUint || this.at >= this.end) throw unusual;
    if (isText) this.close();
    else if (!this.isPlainNumber(start, digits)) throw unusual;
    return value;
  }

  /** One of known words. */
  word(words: WordTable): number {
    this.expect(quote);
    const value = this.lookUp(words);
    this.close();
    return value;
  }

  /** Passes a string. */
  text(): void {
    this.expect(quote);
    this.pass();
    this.close();
  }

  /** Passes base64 text and leaves its range in `from` and `to`. */
  base64(): void {
    this.expect(quote);
    const { bytes } = this;
    let at = this.at;
    this.from = at;
    while (base64Values[bytes[at] ?? 0] !== none) at++;
    this.to = at;
    while (bytes[at] === padding) at++;
    this.at = at;
    this.checkLength(at - this.to);
    this.close();
  }

  /** Passes an array of anything. */
  array(): void {
    if (this.peek() !== openBracket) throw unusual;
    this.value(0);
  }

  /** Whether text comes next. */
  isText(): boolean {
    return this.peek() === quote;
  }

  /** Passes anything plain. */
  value(depth: number): void {
    if (depth > deepest) throw unusual;
    const byte = this.peek();
    if (byte === quote) this.text();
    else if (byte === openBrace) this.passObject(depth);
    else if (byte === openBracket) this.passArray(depth);
    else this.uint();
  }

  private passObject(depth: number): void {
    this.expect(openBrace);
    if (this.peek() === closeBrace) {
      this.at++;
      return;
    }
    for (;;) {
      this.text();
      this.expect(colon);
      this.value(depth + 1);
      if (this.peek() === closeBrace) break;
      this.expect(comma);
    }
    this.at++;
  }

  private passArray(depth: number): void {
    this.expect(openBracket);
    if (this.peek() === closeBracket) {
      this.at++;
      return;
    }
    for (;;) {
      this.value(depth + 1);
      if (this.peek() === closeBracket) break;
      this.expect(comma);
    }
    this.at++;
  }

  private name(): number {
    this.expect(quote);
    const value = this.lookUp(this.names);
    this.close();
    this.expect(colon);
    return value;
  }

  private lookUp(words: WordTable): number {
    const start = this.at;
    this.pass();
    const length = this.at - start;
    const candidates = words[length];
    if (!candidates) throw unusual;
    for (const { bytes, value } of candidates) if (this.matches(bytes, start)) return value;
    throw unusual;
  }

  private matches(word: Uint8Array, start: number): boolean {
    const { bytes } = this;
    for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) return false;
    return true;
  }

  private pass(): void {
    const { bytes } = this;
    let at = this.at;
    while (classes[bytes[at] ?? 0] === 1) at++;
    this.at = at;
  }

  private close(): void {
    if (this.bytes[this.at] !== quote || this.at >= this.end) throw unusual;
    this.at++;
  }

  private expect(byte: number): void {
    if (this.peek() !== byte) throw unusual;
    this.at++;
  }

  /** Next byte that is no blank, or -1 at the end. */
  private peek(): number {
    const { bytes, end } = this;
    let at = this.at;
    let byte = at < end ? (bytes[at] ?? -1) : -1;
    while (byte === 0x20 || (byte >= 0 && classes[byte] === 2)) {
      at++;
      byte = at < end ? (bytes[at] ?? -1) : -1;
    }
    this.at = at;
    return byte;
  }

  private isPlainNumber(start: number, digits: number): boolean {
    const leadsWithZero = digits > 1 && this.bytes[start] === zero;
    const next = this.bytes[this.at] ?? 0;
    const goesOn = next === 0x2e || next === 0x65 || next === 0x45 || (next >= zero && next <= nine);
    return !leadsWithZero && !goesOn;
  }

  /** Padded to a multiple of four, or not padded at all. */
  private checkLength(pads: number): void {
    const length = this.to - this.from;
    const isWhole = pads === 0 ? length % 4 !== 1 : pads <= 2 && (length + pads) % 4 === 0;
    if (!isWhole) throw unusual;
  }
}
