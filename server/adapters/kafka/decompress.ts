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
  requireSnappyElements(bytes);
  return asBuffer(snappy.uncompress(bytes, largestBatch));
}

/** The decoder makes room for what is claimed and copies what an element says, be it gigabytes of a kilobyte. */
function requireSnappyElements(bytes: Buffer): void {
  const claimed = snappyLength(bytes);
  let { at } = claimed;
  let made = 0;
  while (at < bytes.length) {
    const element = snappyElement(bytes, at);
    at = element.end;
    made += element.makes;
    if (at > bytes.length || made > claimed.length) throw new Error("an element is longer than its block");
  }
  if (made !== claimed.length) throw new Error("it makes less than it claims");
}

/** The length of what is made stands first: 7 bits a byte, the lowest first. */
function snappyLength(bytes: Buffer): { length: number; at: number } {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = bytes.readUInt8(at);
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return { length, at: at + 1 };
  }
  throw new Error("its length is no number");
}

/** A literal, whose bytes follow, or a copy of what was made before, with an offset of 1, 2 or 4 bytes. */
function snappyElement(bytes: Buffer, at: number): { makes: number; end: number } {
  const tag = bytes.readUInt8(at);
  const kind = tag & 3;
  const size = tag >>> 2;
  if (kind === 1) return { makes: (size & 7) + 4, end: at + 2 };
  if (kind !== 0) return { makes: size + 1, end: at + (kind === 2 ? 3 : 5) };
  if (size < 60) return { makes: size + 1, end: at + size + 2 };
  const digits = size - 59;
  const makes = bytes.readUIntLE(at + 1, digits) + 1;
  return { makes, end: at + 1 + digits + makes };
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
  requireLz4Blocks(bytes);
  if (lz4.decompressBound(bytes) > largestBatch) throw new Error("the batch is too large");
  return asBuffer(lz4.decompress(bytes));
}

const lz4Magic = 0x184d2204;

/** The decoder believes the length of a block: one of 2 GB in a kilobyte keeps it busy for half a minute. */
function requireLz4Blocks(bytes: Buffer): void {
  if (bytes.length < 7 || bytes.readUInt32LE(0) !== lz4Magic) throw new Error("it is no LZ4 frame");
  const flags = bytes.readUInt8(4);
  const checksum = flags & 0x10 ? 4 : 0;
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32LE(at) & 0x7fff_ffff;
    if (length === 0) return;
    at += 4 + length + checksum;
  }
  throw new Error("an LZ4 block is cut off");
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
