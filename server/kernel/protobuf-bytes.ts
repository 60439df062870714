/** Thrown, always this one object, when bytes are not protobuf. */
export const malformed = new Error("not protobuf");

export const wireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const view = new DataView(new ArrayBuffer(8));
const fastestVarint = 7;
const longestVarint = 10;

/** Walks through the fields of one protobuf message in place. Groups, which proto3 has not, are refused. */
export class ProtobufBytes {
  /** Of the field that `next` came to: its wire type; the range of its bytes, or its varint. */
  wire = 0;
  from = 0;
  to = 0;
  varint: number | bigint = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;
  private end = 0;

  begin(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Number of the next field; 0 at the end. Throws `malformed` when the message is cut or no message. */
  next(): number {
    if (this.at === this.end) return 0;
    const tag = this.readVarint();
    if (typeof tag !== "number" || tag < 8 || tag > 0xffff_ffff) throw malformed;
    this.wire = tag % 8;
    if (this.wire === wireType.varint) this.varint = this.readVarint();
    else if (this.wire === wireType.bytes) this.range(this.readLength());
    else if (this.wire === wireType.fixed64) this.range(8);
    else if (this.wire === wireType.fixed32) this.range(4);
    else throw malformed;
    return Math.floor(tag / 8);
  }

  /** Where the reader stands, to come back to after a nested message. */
  get position(): number {
    return this.at;
  }

  get limit(): number {
    return this.end;
  }

  /** A number of the last field, which must be fixed64. */
  double(): number {
    for (let index = 0; index < 8; index++) view.setUint8(index, this.bytes[this.from + index] ?? 0);
    return view.getFloat64(0, true);
  }

  fixed64(): bigint {
    for (let index = 0; index < 8; index++) view.setUint8(index, this.bytes[this.from + index] ?? 0);
    return view.getBigUint64(0, true);
  }

  private range(length: number): void {
    this.from = this.at;
    this.to = this.at + length;
    if (this.to > this.end) throw malformed;
    this.at = this.to;
  }

  private readLength(): number {
    const length = this.readVarint();
    if (typeof length !== "number") throw malformed;
    return length;
  }

  private readVarint(): number | bigint {
    const { bytes, end } = this;
    const start = this.at;
    let value = 0;
    let scale = 1;
    for (let at = start; at < end && at < start + fastestVarint; at++) {
      const byte = bytes[at] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        this.at = at + 1;
        return value;
      }
      scale *= 128;
    }
    return this.readLongVarint();
  }

  private readLongVarint(): number | bigint {
    const { bytes, end } = this;
    const start = this.at;
    let value = 0n;
    for (let at = start; at < end && at < start + longestVarint; at++) {
      const byte = bytes[at] ?? 0;
      value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
      if (byte < 0x80) {
        this.at = at + 1;
        const whole = BigInt.asUintN(64, value);
        return whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole;
      }
    }
    throw malformed;
  }
}
