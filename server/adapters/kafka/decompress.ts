import { gunzipSync, zstdDecompressSync } from "node:zlib";
import lz4 from "lz4js";
import snappy from "snappyjs";

/** A batch that grows beyond this is an attack or a mistake; brokers take a few MB. */
const largestBatch = 128 * 1024 * 1024;

const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeader = 16;

/** Codec numbers of a record batch's attributes (Kafka protocol, RecordBatch). */
const codecs: Readonly<Record<number, (bytes: Buffer) => Buffer>> = {
  0: (bytes) => bytes,
  1: (bytes) => gunzipSync(bytes, { maxOutputLength: largestBatch }),
  2: (bytes) => (isXerial(bytes) ? uncompressXerial(bytes) : uncompressSnappy(bytes)),
  3: uncompressLz4,
  4: (bytes) => zstdDecompressSync(bytes, { maxOutputLength: largestBatch }),
};

/** The records of a batch as they were before compression. Throws with a reason for a person. */
export function decompress(codec: number, bytes: Buffer): Buffer {
  const open = codecs[codec];
  if (!open) throw new Error(`compressed with unknown codec ${codec}`);
  try {
    return open(bytes);
  } catch (cause) {
    throw new Error(`codec ${codec} cannot open the batch: ${messageOf(cause)}`, { cause });
  }
}

function uncompressSnappy(bytes: Buffer): Buffer {
  return asBuffer(snappy.uncompress(bytes, largestBatch));
}

/** Java's snappy frames its blocks: magic, two versions, then length and raw snappy, again and again. */
function uncompressXerial(bytes: Buffer): Buffer {
  const blocks: Buffer[] = [];
  let total = 0;
  for (let at = xerialHeader; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 4 + length;
    if (end > bytes.length) throw new Error("a snappy block is cut off");
    const block = uncompressSnappy(bytes.subarray(at + 4, end));
    total += block.length;
    if (total > largestBatch) throw new Error("the batch is too large");
    blocks.push(block);
    at = end;
  }
  return Buffer.concat(blocks);
}

function isXerial(bytes: Buffer): boolean {
  return bytes.length >= xerialHeader && bytes.subarray(0, xerialMagic.length).equals(xerialMagic);
}

function uncompressLz4(bytes: Buffer): Buffer {
  if (lz4.decompressBound(bytes) > largestBatch) throw new Error("the batch is too large");
  return asBuffer(lz4.decompress(bytes));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
