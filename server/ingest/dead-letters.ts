import { int4Array, int8Array, textArray } from "../kernel/pg-binary.ts";
import type { BulkTransaction } from "../ports/bulk-store.ts";
import type { EventLog, OutgoingRecord, Partition } from "../ports/event-log.ts";

/** A record, or a whole batch of them, that could not be read. */
export type DeadLetter = Partition & {
  binding: string;
  offset: number;
  lastOffset: number;
  reason: string;
  sizeBytes: number;
  /** The bytes as they came; null when there were none, or more than is kept. */
  value: Buffer | null;
};

const longestReason = 500;
/** A larger value goes without its bytes; `size-bytes` says how large it was, and the source still has it. */
export const largestKeptValue = 12 * 1024 * 1024;

export function deadLetter(letter: DeadLetter): DeadLetter {
  return { ...letter, reason: letter.reason.slice(0, longestReason) };
}

/** Before the commit: after a crash in between the topic has a letter twice, the table never. */
export async function publishDeadLetters(
  log: EventLog,
  topic: string,
  letters: readonly DeadLetter[],
): Promise<void> {
  if (letters.length > 0) await log.publish(topic, letters.map(toRecord));
}

function toRecord(letter: DeadLetter): OutgoingRecord {
  const { binding, topic, partition, offset, lastOffset, reason, sizeBytes, value } = letter;
  const range = lastOffset === offset ? {} : { "last-offset": String(lastOffset) };
  const size = value ? {} : { "size-bytes": String(sizeBytes) };
  return {
    key: binding,
    value,
    headers: { reason, topic, partition: String(partition), offset: String(offset), ...range, ...size },
  };
}

export async function insertDeadLetters(tx: BulkTransaction, letters: readonly DeadLetter[]): Promise<void> {
  if (letters.length === 0) return;
  await tx.sql(
    `INSERT INTO dead_letter (binding, topic, partition, kafka_offset, last_offset, reason, size_bytes)
     SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[])
     ON CONFLICT (topic, partition, kafka_offset) DO UPDATE
       SET last_offset = excluded.last_offset, reason = excluded.reason, size_bytes = excluded.size_bytes, at = now()`,
    [
      textArray(letters.map((letter) => letter.binding)),
      textArray(letters.map((letter) => letter.topic)),
      int4Array(letters.map((letter) => letter.partition)),
      int8Array(letters.map((letter) => letter.offset)),
      int8Array(letters.map((letter) => letter.lastOffset)),
      textArray(letters.map((letter) => letter.reason)),
      int8Array(letters.map((letter) => letter.sizeBytes)),
    ],
  );
}
