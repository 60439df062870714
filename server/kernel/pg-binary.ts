/**
 * PostgreSQL's binary forms, written straight into buffers: rows for COPY … WITH (FORMAT binary), and arrays as parameters.
 * Text costs more on both sides. Times are whole milliseconds since 1970; integers are JavaScript's safe ones or bigint.
 */
const epochMs = Date.UTC(2000, 0, 1);
const span = 2 ** 32;
const copySignature = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const copyTrailer = Buffer.from([0xff, 0xff]);
const spareRoom = 1.2;
const nullLength = -1;

/** Rows of one COPY. Grows as needed and is used again after `clear`. */
export class CopyRows {
  count = 0;
  private buffer: Buffer<ArrayBuffer>;
  private view: DataView;
  private at = 0;
  private starts: number[] = [];
  private ordered: Buffer<ArrayBuffer> = Buffer.alloc(0);

  constructor(initialBytes: number) {
    this.buffer = Buffer.allocUnsafeSlow(initialBytes);
    this.view = new DataView(this.buffer.buffer);
    this.clear();
  }

  get bytes(): number {
    return this.at;
  }

  clear(): void {
    this.at = 0;
    this.starts = [];
    this.count = 0;
  }

  /** Begins a row; `room` is at least what its fields will take. */
  row(fields: number, room: number): void {
    if (this.at + room + 2 > this.buffer.length) this.grow(room);
    this.starts.push(this.at);
    this.view.setInt16(this.at, fields);
    this.at += 2;
    this.count++;
  }

  bool(value: boolean): void {
    this.view.setInt32(this.at, 1);
    this.view.setUint8(this.at + 4, value ? 1 : 0);
    this.at += 5;
  }

  int2(value: number): void {
    this.view.setInt32(this.at, 2);
    this.view.setInt16(this.at + 4, value);
    this.at += 6;
  }

  int4(value: number | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value);
    this.at += 8;
  }

  int8(value: number | bigint | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.view.setInt32(this.at, 8);
    setInt8(this.view, this.at + 4, value);
    this.at += 12;
  }

  int8Halves(high: number, low: number): void {
    this.view.setInt32(this.at, 8);
    this.view.setInt32(this.at + 4, high);
    this.view.setInt32(this.at + 8, low);
    this.at += 12;
  }

  timestamp(ms: number): void {
    this.int8((ms - epochMs) * 1000);
  }

  /** Bytes given as text of one character a byte. */
  bytea(text: string | null): void {
    if (text === null) {
      this.null();
      return;
    }
    this.view.setInt32(this.at, text.length);
    this.at += 4 + this.buffer.write(text, this.at + 4, "latin1");
  }

  null(): void {
    this.view.setInt32(this.at, nullLength);
    this.at += 4;
  }

  /** Everything to send, the rows in the order of these numbers. Valid until the next call. */
  inOrder(order: Iterable<number>): Buffer {
    const needed = copySignature.length + this.at + copyTrailer.length;
    if (this.ordered.length < needed) this.ordered = Buffer.allocUnsafeSlow(Math.ceil(needed * spareRoom));
    const { buffer, ordered, starts } = this;
    let filled = copySignature.copy(ordered);
    for (const row of order)
      filled += buffer.copy(ordered, filled, starts[row] ?? this.at, starts[row + 1] ?? this.at);
    filled += copyTrailer.copy(ordered, filled);
    return ordered.subarray(0, filled);
  }

  private grow(room: number): void {
    const larger = Buffer.allocUnsafeSlow(this.buffer.length * 2 + room);
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
    this.view = new DataView(larger.buffer);
  }
}

export function int2Array(values: readonly number[]): Buffer {
  return arrayOf(values, { oid: 21, size: 2 }, (view, at, value) => view.setInt16(at, value));
}

export function int4Array(values: readonly number[]): Buffer {
  return arrayOf(values, { oid: 23, size: 4 }, (view, at, value) => view.setInt32(at, value));
}

export function int8Array(values: readonly (number | bigint)[]): Buffer {
  return arrayOf(values, { oid: 20, size: 8 }, setInt8);
}

export function timestampArray(values: readonly number[]): Buffer {
  return arrayOf(values, { oid: 1184, size: 8 }, (view, at, ms) => setInt8(view, at, (ms - epochMs) * 1000));
}

export function byteaArray(values: readonly Uint8Array[]): Buffer {
  return packed(17, values);
}

export function textArray(values: readonly string[]): Buffer {
  return packed(
    25,
    values.map((value) => Buffer.from(value.replaceAll("\0", ""))),
  );
}

/** numeric has no short binary form; its text is as good. */
export function numericArray(values: readonly (number | bigint)[]): string {
  return `{${values.join(",")}}`;
}

type Element = { oid: number; size: number };

const arrayHeader = 20;

function arrayOf<Value>(
  values: readonly Value[],
  element: Element,
  set: (view: DataView, at: number, value: Value) => void,
): Buffer {
  const step = 4 + element.size;
  const buffer = Buffer.allocUnsafeSlow(arrayHeader + values.length * step);
  const view = new DataView(buffer.buffer);
  const header = values.length === 0 ? [0, 0, element.oid] : [1, 0, element.oid, values.length, 1];
  for (const [index, value] of header.entries()) view.setInt32(index * 4, value);
  let at = arrayHeader;
  for (const value of values) {
    view.setInt32(at, element.size);
    set(view, at + 4, value);
    at += step;
  }
  return values.length === 0 ? buffer.subarray(0, 12) : buffer;
}

function packed(oid: number, values: readonly Uint8Array[]): Buffer {
  const header = values.length === 0 ? [0, 0, oid] : [1, 0, oid, values.length, 1];
  const parts: Uint8Array[] = [int4s(header)];
  for (const value of values) parts.push(int4s([value.length]), value);
  return Buffer.concat(parts);
}

function int4s(values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeInt32BE(value, index * 4);
  return buffer;
}

/** Unsigned 64-bit values are stored as the same bits. */
function setInt8(view: DataView, at: number, value: number | bigint): void {
  if (typeof value === "bigint") {
    view.setBigInt64(at, BigInt.asIntN(64, value));
    return;
  }
  const high = Math.floor(value / span);
  view.setInt32(at, high);
  view.setUint32(at + 4, value - high * span);
}
