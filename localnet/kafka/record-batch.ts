import { crc32c } from "./crc32c.ts";

/**
 * Builds a record batch (Kafka protocol, message format 2) straight into one buffer, which is used again for the next:
 * a client library spends more time on a record than everything else here together.
 */
export type RecordBatch = {
  /** Appends a record whose tail (see `recordTail`) is already encoded. Returns where in `bytes` the tail begins. */
  append(tail: Uint8Array, timestamp: number): number;
  /** The buffer, for changing a tail after it was appended. Another one after each `append`. */
  bytes(): Uint8Array;
  count(): number;
  size(): number;
  /** Completes the batch and starts the next. The result is a copy. */
  take(): { batch: Uint8Array; records: number };
};

const headerBytes = 61;
const crcStart = 21;

export function recordBatch(initialBytes = 64 * 1024): RecordBatch {
  let buffer = Buffer.allocUnsafe(initialBytes);
  let end = headerBytes;
  let count = 0;
  let baseTimestamp = 0;
  let maxTimestamp = 0;

  const ensure = (more: number) => {
    if (end + more <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + more));
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
  };
  return {
    append: (tail, timestamp) => {
      ensure(tail.length + 32);
      if (count === 0) baseTimestamp = maxTimestamp = timestamp;
      maxTimestamp = Math.max(maxTimestamp, timestamp);
      const delta = timestamp - baseTimestamp;
      const length = 1 + varintBytes(delta) + varintBytes(count) + tail.length;
      end = writeVarint(buffer, end, length);
      buffer[end++] = 0;
      end = writeVarint(buffer, end, delta);
      end = writeVarint(buffer, end, count);
      const at = end;
      buffer.set(tail, at);
      end += tail.length;
      count++;
      return at;
    },
    bytes: () => buffer,
    count: () => count,
    size: () => end,
    take: () => {
      writeHeader(buffer, { end, count, baseTimestamp, maxTimestamp });
      const taken = { batch: Buffer.from(buffer.subarray(0, end)), records: count };
      end = headerBytes;
      count = 0;
      return taken;
    },
  };
}

export type RecordParts = {
  key: Uint8Array | null;
  value: Uint8Array;
  headers: Readonly<Record<string, string>>;
};

/** A record from its key on: what does not depend on the batch that it is in. `valueAt` = where the value begins. */
export function recordTail({ key, value, headers }: RecordParts): { tail: Uint8Array; valueAt: number } {
  const fields = Object.entries(headers).flatMap(([name, text]) => [Buffer.from(name), Buffer.from(text)]);
  const parts = [key, value, ...fields];
  const size = parts.reduce((sum, part) => sum + 5 + (part?.length ?? 0), 5);
  const tail = Buffer.allocUnsafe(size);
  let at = writeBytes(tail, 0, key);
  at = writeBytes(tail, at, value);
  const valueAt = at - value.length;
  at = writeVarint(tail, at, fields.length / 2);
  for (const field of fields) at = writeBytes(tail, at, field);
  return { tail: tail.subarray(0, at), valueAt };
}

function writeBytes(target: Buffer, at: number, bytes: Uint8Array | null): number {
  if (bytes === null) return writeVarint(target, at, -1);
  const start = writeVarint(target, at, bytes.length);
  target.set(bytes, start);
  return start + bytes.length;
}

type Filled = { end: number; count: number; baseTimestamp: number; maxTimestamp: number };

function writeHeader(buffer: Buffer, { end, count, baseTimestamp, maxTimestamp }: Filled): void {
  buffer.writeBigInt64BE(0n, 0);
  buffer.writeInt32BE(end - 12, 8);
  buffer.writeInt32BE(-1, 12);
  buffer[16] = 2;
  buffer.writeInt16BE(0, 21);
  buffer.writeInt32BE(count - 1, 23);
  buffer.writeBigInt64BE(BigInt(baseTimestamp), 27);
  buffer.writeBigInt64BE(BigInt(maxTimestamp), 35);
  buffer.writeBigInt64BE(-1n, 43);
  buffer.writeInt16BE(-1, 51);
  buffer.writeInt32BE(-1, 53);
  buffer.writeInt32BE(count, 57);
  buffer.writeUInt32BE(crc32c(buffer, crcStart, end), 17);
}

/** Zigzag varint of a number within 32 bits. */
function writeVarint(target: Uint8Array, at: number, value: number): number {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  let position = at;
  while (rest > 0x7f) {
    target[position++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  target[position++] = rest;
  return position;
}

function varintBytes(value: number): number {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  let bytes = 1;
  while (rest > 0x7f) {
    rest >>>= 7;
    bytes++;
  }
  return bytes;
}
