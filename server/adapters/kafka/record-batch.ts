import type { RecordBlock } from "../../ports/event-log.ts";
import { BatchCursor } from "./batch-cursor.ts";
import { decompress } from "./decompress.ts";

/** A record batch (magic 2) with what a consumer needs to know of it beside its records. */
export type RecordBatch = {
  block: RecordBlock;
  /** Position after the batch in the fetched bytes. */
  end: number;
  producerId: string;
  isTransactional: boolean;
  /** Key of the record in a control batch: says whether a transaction was committed or aborted. */
  controlKey: Buffer | null;
};

const header = {
  length: 8,
  afterLength: 12,
  attributes: 21,
  lastOffsetDelta: 23,
  firstTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  count: 57,
  records: 61,
} as const;
const codecMask = 0x07;
const appendTimeFlag = 0x08;
const transactionalFlag = 0x10;
const controlFlag = 0x20;

/** Reads the batch at `start`; null when the fetch ended in the middle of it. */
export function readRecordBatch(bytes: Buffer, start: number): RecordBatch | null {
  if (bytes.length - start < header.records) return null;
  const end = start + header.afterLength + bytes.readInt32BE(start + header.length);
  if (end > bytes.length) return null;
  const attributes = bytes.readInt16BE(start + header.attributes);
  const firstOffset = safeInteger(bytes.readBigInt64BE(start));
  const lastOffset = firstOffset + bytes.readInt32BE(start + header.lastOffsetDelta);
  const isControl = (attributes & controlFlag) !== 0;
  const batch = bytes.subarray(start, end);
  const open = () => openOrReason({ batch, firstOffset, attributes });
  return {
    block: isControl
      ? { kind: "empty", firstOffset, lastOffset }
      : { kind: "records", firstOffset, lastOffset, bytes: batch, open },
    end,
    producerId: bytes.readBigInt64BE(start + header.producerId).toString(),
    isTransactional: (attributes & transactionalFlag) !== 0,
    controlKey: isControl ? keyOfFirst(open()) : null,
  };
}

type Unopened = { batch: Buffer; firstOffset: number; attributes: number };

function openOrReason(unopened: Unopened): BatchCursor | string {
  try {
    return openBatch(unopened);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function openBatch({ batch, firstOffset, attributes }: Unopened): BatchCursor {
  const records = decompress(attributes & codecMask, batch.subarray(header.records));
  const isAppendTime = (attributes & appendTimeFlag) !== 0;
  return new BatchCursor(records, {
    firstOffset,
    firstMs: Number(batch.readBigInt64BE(header.firstTimestamp)),
    appendMs: isAppendTime ? Number(batch.readBigInt64BE(header.maxTimestamp)) : null,
    count: batch.readInt32BE(header.count),
  });
}

function keyOfFirst(cursor: BatchCursor | string): Buffer | null {
  if (typeof cursor === "string" || !cursor.next() || cursor.keyStart < 0) return null;
  return cursor.bytes.subarray(cursor.keyStart, cursor.keyEnd);
}

function safeInteger(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`Offset ${value} is beyond 2^53.`);
  return number;
}
