import type { Running } from "../kernel/lifecycle.ts";

/** One partition of one topic. */
export type Partition = { topic: string; partition: number };

/**
 * One record, seen in place: positions in `bytes`, valid until the cursor moves on. No object is made per record,
 * because tens of thousands pass every second. A missing key or value starts at -1.
 */
export type LogRecord = {
  readonly offset: number;
  /** The record's own stamp: creation time by the producer, or append time where the topic says so. */
  readonly timestampMs: number;
  readonly bytes: Buffer;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Text of the first header of that name, or null. */
  header(name: string): string | null;
};

/** Walks through the records of a block. `next` throws when the bytes are not records. */
export type RecordCursor = LogRecord & { next(): boolean };

/** What the log keeps together. Offsets are inclusive and fit a JavaScript number (checked where they enter). */
export type RecordBlock = { firstOffset: number; lastOffset: number } /**
 * Stays as it came, `bytes`, until it is opened: what is compressed may be many times larger. A text is the reason why it
 * cannot be opened: an unknown codec, damaged bytes.
 */ & (
  | { kind: "records"; bytes: Buffer; open(): RecordCursor | string }
  /** Markers of transactions. */
  | { kind: "empty" }
);

/** What one fetch brought from one partition. */
export type LogSlice = Partition & {
  /** The offset that was asked for: below the first record where the log has holes. */
  fetchedOffset: number;
  lastOffset: number;
  /** The offset that the next record of the partition will get. */
  highWatermark: number;
  blocks: readonly RecordBlock[];
  /** Keeps the membership alive while the reader is held up; rejects when the group is being reshuffled. */
  heartbeat(): Promise<void>;
};

export type ConsumeOptions = {
  group: string;
  topics: readonly string[];
  /** One call at a time per partition. True: the log goes on after this slice. False: it goes where `seek` said. */
  onSlice(slice: LogSlice): Promise<boolean>;
  /** Everything this consumer reads from now on. Slices of a new partition are held until `seek` was called for it. */
  onAssigned(partitions: readonly Partition[]): void;
};

export type LogState =
  | { kind: "starting" }
  | { kind: "connected" }
  | { kind: "unreachable"; reason: string; since: Date };

export type LogConsumer = Running & {
  state(at: Date): LogState;
  seek(position: Partition & { offset: number }): void;
  /** Tells the group how far we are, for the usual lag tools. Our own truth is elsewhere, so failure is no harm. */
  commit(positions: readonly (Partition & { offset: number })[]): Promise<void>;
};

export type PartitionBounds = { partition: number; first: number; next: number };

export type OutgoingRecord = {
  key: string | null;
  value: Buffer | null;
  headers: Readonly<Record<string, string>>;
};

/** A durable, partitioned log of records (Kafka). It reconnects by itself; `state` says what is wrong meanwhile. */
export type EventLog = {
  consume(options: ConsumeOptions): LogConsumer;
  /** Resolves when all are stored. A record that the log refuses for its size goes without its value. */
  publish(topic: string, records: readonly OutgoingRecord[]): Promise<void>;
  /** First offset that is kept and next offset to be written, per partition. */
  bounds(topic: string): Promise<PartitionBounds[]>;
  /** First offset written at or after a time, or the next one to be written. */
  offsetAt(position: Partition, at: Date): Promise<number>;
  close(): Promise<void>;
};
