import type { RecordCursor } from "../../ports/event-log.ts";

/** What a batch says of all its records. `appendMs` is set where the broker stamps records itself. */
export type BatchFrame = { firstOffset: number; firstMs: number; appendMs: number | null; count: number };

const longestVarint = 5;

/**
 * Walks through the records of one batch (magic 2) without making an object for each:
 * length, attributes, timestamp delta, offset delta, key, value, headers; all integers are zigzag varints.
 */
export class BatchCursor implements RecordCursor {
  readonly bytes: Buffer;
  offset = -1;
  timestampMs = 0;
  keyStart = -1;
  keyEnd = -1;
  valueStart = -1;
  valueEnd = -1;
  private readonly frame: BatchFrame;
  private at = 0;
  private taken = 0;
  private headersAt = 0;
  private recordEnd = 0;
  private readonly lastHeaders = new Map<string, string>();

  constructor(bytes: Buffer, frame: BatchFrame) {
    this.bytes = bytes;
    this.frame = frame;
  }

  next(): boolean {
    if (this.taken === this.frame.count) return false;
    this.taken++;
    this.recordEnd = this.bytes.length;
    const length = this.varint();
    this.recordEnd = this.at + length;
    if (length < 0 || this.recordEnd > this.bytes.length) throw new RangeError("a record is cut off");
    this.at++;
    const sinceFirst = this.varlong();
    this.timestampMs = this.frame.appendMs ?? this.frame.firstMs + sinceFirst;
    this.offset = this.frame.firstOffset + this.varint();
    this.keyStart = this.field();
    this.keyEnd = this.at;
    this.valueStart = this.field();
    this.valueEnd = this.at;
    this.headersAt = this.at;
    this.at = this.recordEnd;
    return true;
  }

  header(name: string): string | null {
    const after = this.at;
    this.at = this.headersAt;
    const count = this.varint();
    let text: string | null = null;
    for (let index = 0; index < count && text === null; index++) {
      const keyStart = this.field();
      const isWanted = this.isText(name, keyStart, this.at);
      const valueStart = this.field();
      if (isWanted && valueStart >= 0) text = this.headerText(name, valueStart, this.at);
    }
    this.at = after;
    return text;
  }

  /** Start of a length-prefixed field and the cursor at its end; -1 for null. */
  private field(): number {
    const length = this.varint();
    if (length < 0) return -1;
    const start = this.at;
    this.at += length;
    if (this.at > this.recordEnd) throw new RangeError("a field is longer than its record");
    return start;
  }

  private varint(): number {
    let value = 0;
    for (let index = 0; index < longestVarint; index++) {
      const byte = this.byte();
      value |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new RangeError("a varint is too long");
  }

  private varlong(): number {
    let value = 0;
    let scale = 1;
    for (let index = 0; index < 10; index++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      scale *= 128;
    }
    throw new RangeError("a varint is too long");
  }

  private byte(): number {
    if (this.at >= this.recordEnd) throw new RangeError("a record is cut off");
    return this.bytes[this.at++] ?? 0;
  }

  private isText(text: string, start: number, end: number): boolean {
    if (end - start !== text.length) return false;
    for (let index = 0; index < text.length; index++)
      if (this.bytes[start + index] !== text.charCodeAt(index)) return false;
    return true;
  }

  /** Headers mostly repeat from record to record: the text is made anew only when the bytes differ. */
  private headerText(name: string, start: number, end: number): string {
    const last = this.lastHeaders.get(name);
    if (last !== undefined && this.isText(last, start, end)) return last;
    const text = this.bytes.toString("utf8", start, end);
    this.lastHeaders.set(name, text);
    return text;
  }
}
