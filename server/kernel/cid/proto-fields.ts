/** Bytes that are no protobuf message, and where. */
export class ProtoFault extends Error {
  readonly at: number;
  readonly reason: string;
  constructor(at: number, reason: string) {
    super(`${reason} at byte ${at}`);
    this.name = "ProtoFault";
    this.at = at;
    this.reason = reason;
  }
}

/** One field as it stands in the bytes: `at` is its tag; `from` to `to` its bytes, for wire type 2 without the length. */
export type ProtoField = {
  number: number;
  wire: 0 | 1 | 2 | 5;
  at: number;
  from: number;
  to: number;
  /** Of wire type 0. */
  varint: bigint;
  /** Tag, length and value were written with no more bytes than they need. */
  isShortest: boolean;
};

/** The field whose tag is at `at`. Throws a `ProtoFault` when there is none. */
export function readField(bytes: Uint8Array, at: number, end: number): ProtoField {
  const tag = readVarint(bytes, at, end);
  const wire = Number(tag.value & 7n);
  const number = Number(tag.value >> 3n);
  if (tag.value > 0xffff_ffffn || number === 0) throw new ProtoFault(at, `${tag.value} is no field tag`);
  const field = { number, at, varint: 0n, isShortest: tag.isShortest };
  if (wire === 0) {
    const { value, to, isShortest } = readVarint(bytes, tag.to, end);
    return { ...field, wire, from: tag.to, to, varint: value, isShortest: tag.isShortest && isShortest };
  }
  if (wire === 2) {
    const length = readVarint(bytes, tag.to, end);
    const to = length.to + Number(length.value);
    if (to > end) throw new ProtoFault(tag.to, `a field of ${length.value} bytes reaches beyond the end`);
    return { ...field, wire, from: length.to, to, isShortest: tag.isShortest && length.isShortest };
  }
  if (wire !== 1 && wire !== 5) throw new ProtoFault(at, `wire type ${wire} does not exist`);
  const to = tag.to + (wire === 1 ? 8 : 4);
  if (to > end) throw new ProtoFault(tag.to, "a fixed field reaches beyond the end");
  return { ...field, wire, from: tag.to, to };
}

const longestVarint = 10;

type Varint = { value: bigint; to: number; isShortest: boolean };

function readVarint(bytes: Uint8Array, at: number, end: number): Varint {
  let small = 0;
  for (let index = 0; index < 4; index++) {
    const byte = bytes[at + index];
    if (at + index >= end || byte === undefined) throw new ProtoFault(at, "a number is cut off");
    small |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80)
      return { value: BigInt(small), to: at + index + 1, isShortest: index === 0 || byte !== 0 };
  }
  return readLongVarint(bytes, at, end);
}

function readLongVarint(bytes: Uint8Array, at: number, end: number): Varint {
  let value = 0n;
  for (let index = 0; index < longestVarint; index++) {
    const byte = bytes[at + index];
    if (at + index >= end || byte === undefined) throw new ProtoFault(at, "a number is cut off");
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte >= 0x80) continue;
    if (value > 0xffff_ffff_ffff_ffffn) throw new ProtoFault(at, "a number is larger than 64 bits");
    return { value, to: at + index + 1, isShortest: byte !== 0 };
  }
  throw new ProtoFault(at, "a number has more than ten bytes");
}
