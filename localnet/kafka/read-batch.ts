/** Reads back what record-batch.ts writes; for tests and for counting what was written. */
export type ReadRecord = {
  offset: number;
  timestamp: number;
  key: Buffer | null;
  value: Buffer;
  headers: Record<string, string>;
};

export function readBatch(batch: Uint8Array): ReadRecord[] {
  const bytes = Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength);
  const count = bytes.readInt32BE(57);
  const baseTimestamp = Number(bytes.readBigInt64BE(27));
  let at = 61;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
  };
  const slice = () => {
    const length = varint();
    if (length < 0) return null;
    at += length;
    return bytes.subarray(at - length, at);
  };
  return Array.from({ length: count }, () => {
    varint();
    at++;
    const timestamp = baseTimestamp + varint();
    const offset = varint();
    const key = slice();
    const value = slice() ?? Buffer.alloc(0);
    const headers: Record<string, string> = {};
    for (let left = varint(); left > 0; left--) headers[String(slice())] = String(slice());
    return { offset, timestamp, key, value, headers };
  });
}
