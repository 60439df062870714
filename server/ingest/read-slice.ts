import type { LogRecord, LogSlice, RecordBlock, RecordCursor } from "../ports/event-log.ts";
import type { Reading } from "../ports/ingest-binding.ts";
import { type DeadLetter, deadLetter, largestKeptValue } from "./dead-letters.ts";

const largestValue = 1024 * 1024;

export type SliceContext = { binding: string; slice: LogSlice; from: number; reading: Reading };

/**
 * Gives every record from offset `from` on to the reading, and returns what could not be read. Values over 1 MiB, empty ones
 * and blocks that cannot be opened never reach the reading.
 */
export function readSlice({ binding, slice, from, reading }: SliceContext): DeadLetter[] {
  const letters: DeadLetter[] = [];
  const { topic, partition } = slice;
  const refuse = (range: Range, reason: string, value: Buffer | null) => {
    const sizeBytes = value?.length ?? 0;
    const kept = value && sizeBytes <= largestKeptValue ? Buffer.from(value) : null;
    letters.push(deadLetter({ binding, topic, partition, ...range, reason, sizeBytes, value: kept }));
  };
  for (const block of slice.blocks) {
    if (block.lastOffset < from || block.kind === "empty") continue;
    const cursor = block.open();
    if (typeof cursor === "string") refuse(rangeOf(block, from), cursor, block.bytes);
    else readRecords({ cursor, block, from, reading, refuse });
  }
  return letters;
}

type Range = { offset: number; lastOffset: number };
type Refuse = (range: Range, reason: string, value: Buffer | null) => void;
type BlockContext = {
  cursor: RecordCursor;
  block: RecordBlock;
  from: number;
  reading: Reading;
  refuse: Refuse;
};

function rangeOf(block: RecordBlock, from: number): Range {
  return { offset: Math.max(block.firstOffset, from), lastOffset: block.lastOffset };
}

function readRecords({ cursor, block, from, reading, refuse }: BlockContext): void {
  let next = Math.max(block.firstOffset, from);
  try {
    while (cursor.next()) {
      if (cursor.offset < from) continue;
      const reason = judge(cursor, reading);
      if (reason !== null)
        refuse({ offset: cursor.offset, lastOffset: cursor.offset }, reason, bytesOf(cursor));
      next = cursor.offset + 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse({ offset: next, lastOffset: block.lastOffset }, `the batch is damaged: ${error.message}`, null);
  }
}

function judge(record: LogRecord, reading: Reading): string | null {
  const size = record.valueEnd - record.valueStart;
  if (record.valueStart < 0) return "the record has no value";
  if (size > largestValue) return `the value has ${size} bytes, more than 1 MiB`;
  try {
    return reading.take(record);
  } catch (error) {
    return `the record could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function bytesOf(record: LogRecord): Buffer | null {
  return record.valueStart < 0 ? null : record.bytes.subarray(record.valueStart, record.valueEnd);
}
