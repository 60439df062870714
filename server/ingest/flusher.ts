import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../kernel/clock.ts";
import type { BulkStore } from "../ports/bulk-store.ts";
import type { EventLog, LogSlice, Partition } from "../ports/event-log.ts";
import type { Cut, IngestBinding, Reading } from "../ports/ingest-binding.ts";
import { FencedError } from "./advance-offsets.ts";
import { mostBatchBytes, nextBatchLimit } from "./batch-limit.ts";
import { type DeadLetter, publishDeadLetters } from "./dead-letters.ts";
import { type ActiveLane, FlushBatch } from "./flush-batch.ts";
import type { FlushObserver } from "./flush-observer.ts";
import type { TimePartitions } from "./time-partitions.ts";
import { writeFlush } from "./write-flush.ts";

export type FlusherParts = {
  store: BulkStore;
  log: EventLog;
  partitions: TimePartitions;
  bindings: readonly IngestBinding[];
  deadLettersTopic: string;
  clock: Clock;
  observer: FlushObserver;
  /** Longest that a record waits for its flush to begin, while no other is in progress. */
  everyMs: number;
};

export type FlusherEvents = {
  onCommitted(positions: readonly (Partition & { offset: number })[]): void;
  onFailed(error: unknown): void;
};

type TakenSlice = { lane: ActiveLane; slice: LogSlice; letters: readonly DeadLetter[]; reading: Reading };

/** Gathers what all partitions bring and writes it in one transaction at a time, every so often or when it is much. */
export class Flusher {
  private readonly parts: FlusherParts;
  private batch = new FlushBatch();
  private limitBytes = mostBatchBytes;
  private inProgress: Promise<void> = Promise.resolve();
  private loop: Promise<void> = Promise.resolve();
  private wake = Promise.withResolvers<void>();
  private emptied = Promise.withResolvers<void>();
  private isStopping = false;
  private events: FlusherEvents = { onCommitted: () => {}, onFailed: () => {} };
  startedAt: Date | null = null;

  constructor(parts: FlusherParts) {
    this.parts = parts;
  }

  listen(events: FlusherEvents): void {
    this.events = events;
  }

  start(): void {
    this.loop = this.run();
  }

  /** Writes what waits, and then no more. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake.resolve();
    await this.loop;
    await this.flush();
  }

  isFull(): boolean {
    return this.pendingBytes() >= this.limitBytes;
  }

  /** Resolves when what waits now has been taken out. */
  room(): Promise<void> {
    return this.emptied.promise;
  }

  /** Resolves when no flush is in progress. Never rejects. */
  settled(): Promise<void> {
    return this.inProgress;
  }

  add({ lane, slice, letters, reading }: TakenSlice): void {
    const { batch } = this;
    const step = { next: slice.lastOffset + 1, highWatermark: slice.highWatermark };
    const progress = batch.advance(lane, step);
    batch.refuse(progress, letters);
    batch.add(progress, reading.add());
    if (this.isFull()) this.wake.resolve();
  }

  addLost(lane: ActiveLane, letter: DeadLetter): void {
    const progress = this.batch.advance(lane, { next: lane.next, highWatermark: lane.next });
    this.batch.refuse(progress, [letter]);
  }

  /** Drops what waits; a flush in progress goes on. */
  forget(): void {
    this.batch = new FlushBatch();
    for (const binding of this.parts.bindings) binding.drop();
    this.parts.partitions.forget();
    this.tellRoom();
  }

  private tellRoom(): void {
    this.emptied.resolve();
    this.emptied = Promise.withResolvers();
  }

  private async run(): Promise<void> {
    const { everyMs } = this.parts;
    let next = Date.now() + everyMs;
    while (!this.isStopping) {
      await Promise.race([this.wake.promise, pause(Math.max(1, next - Date.now()))]);
      this.wake = Promise.withResolvers();
      next = Date.now() + everyMs;
      await this.flush();
    }
  }

  /** Writes what waits. Failure is told to `onFailed`, not thrown. */
  async flush(): Promise<void> {
    if (this.batch.isEmpty) return;
    const { bindings, clock } = this.parts;
    const { batch } = this;
    batch.close();
    this.batch = new FlushBatch();
    const at = clock.now();
    const cuts = bindings.map((binding) => binding.cut(at));
    this.tellRoom();
    const written = this.write(batch, cuts, at);
    this.startedAt = at;
    this.inProgress = written.then(
      () => {},
      () => {},
    );
    let isWritten = false;
    try {
      await written;
      isWritten = true;
      this.events.onCommitted(positionsOf(batch));
    } catch (error) {
      this.parts.observer.failed(error instanceof FencedError ? "fenced" : "error");
      this.events.onFailed(error);
    } finally {
      this.startedAt = null;
      const ms = clock.now().getTime() - at.getTime();
      this.limitBytes = nextBatchLimit(this.limitBytes, { isWritten, ms });
    }
  }

  private async write(batch: FlushBatch, cuts: readonly Cut[], at: Date): Promise<void> {
    const { log, deadLettersTopic, partitions, store, observer, clock } = this.parts;
    await publishDeadLetters(log, deadLettersTopic, batch.letters);
    for (const cut of cuts) await partitions.ensure(cut.times);
    await writeFlush(store, { batch, cuts, at });
    observer.flushed({ ms: clock.now().getTime() - at.getTime(), ...sumsOf(batch) });
  }

  private pendingBytes(): number {
    return this.parts.bindings.reduce((sum, binding) => sum + binding.pendingBytes(), this.batch.letterBytes);
  }
}

function positionsOf(batch: FlushBatch): (Partition & { offset: number })[] {
  return [...batch.progress.values()].map(({ lane, next }) => ({
    topic: lane.topic,
    partition: lane.partition,
    offset: next,
  }));
}

function sumsOf(batch: FlushBatch) {
  const all = [...batch.progress.values()];
  const byTopic = Map.groupBy(all, ({ lane }) => lane.topic);
  return {
    records: all.reduce((sum, { records }) => sum + records, 0),
    deadLetters: all.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
    duplicates: all.reduce((sum, { duplicates }) => sum + duplicates, 0),
    byTopic: [...byTopic].map(([topic, lanes]) => ({
      topic,
      records: lanes.reduce((sum, { records }) => sum + records, 0),
      lag: lanes.reduce((sum, { next, highWatermark }) => sum + Math.max(0, highWatermark - next), 0),
    })),
  };
}
