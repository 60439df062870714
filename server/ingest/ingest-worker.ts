import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../kernel/clock.ts";
import type { Running } from "../kernel/lifecycle.ts";
import type { Database } from "../ports/database.ts";
import type { EventLog, LogConsumer, LogSlice, LogState, Partition } from "../ports/event-log.ts";
import type { IngestBinding } from "../ports/ingest-binding.ts";
import type { Logger } from "../ports/logger.ts";
import type { ActiveLane } from "./flush-batch.ts";
import type { Flusher } from "./flusher.ts";
import { laneAt, laneKey } from "./lane-at.ts";
import { loadPositions } from "./positions.ts";
import { readSlice } from "./read-slice.ts";

export type BoundTopic = { topic: string; network: number | null; binding: IngestBinding };

export type WorkerParts = {
  log: EventLog;
  db: Pick<Database, "sql">;
  flusher: Flusher;
  topics: readonly BoundTopic[];
  group: string;
  clock: Clock;
  logger: Logger;
};

const backOffMs = { first: 200, most: 5_000 };
const heartbeatMs = 500;

/**
 * Reads slices of all partitions and hands them to the flusher. There is one way out of any failure: forget what waits, ask
 * the database where each partition stands, and read again from there.
 */
export class IngestWorker implements Running {
  private readonly parts: WorkerParts;
  private readonly topicOf: ReadonlyMap<string, BoundTopic>;
  private readonly consumer: LogConsumer;
  private readonly lanes = new Map<string, ActiveLane>();
  private assigned: readonly Partition[] = [];
  /** Grows whenever what waits was forgotten: what was read before must not be added after. */
  private epoch = 0;
  private ready = Promise.withResolvers<void>();
  private isReady = false;
  private isStopping = false;
  private trouble: { reason: string; since: Date } | null = null;

  constructor(parts: WorkerParts) {
    this.parts = parts;
    this.topicOf = new Map(parts.topics.map((topic) => [topic.topic, topic]));
    parts.flusher.listen({
      onCommitted: (positions) => void this.consumer.commit(positions).catch(() => {}),
      onFailed: (error) => this.recover(error),
    });
    parts.flusher.start();
    this.consumer = parts.log.consume({
      group: parts.group,
      topics: [...this.topicOf.keys()],
      onSlice: (slice) => this.onSlice(slice),
      onAssigned: (partitions) => this.onAssigned(partitions),
    });
  }

  /** What was taken is written, the group is told and left. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.parts.flusher.stop();
    await this.consumer.stop();
  }

  logState(at: Date): LogState {
    return this.consumer.state(at);
  }

  /** Why nothing is written at the moment, if so. */
  databaseTrouble(): { reason: string; since: Date } | null {
    return this.trouble;
  }

  partitions(): readonly Partition[] {
    return this.assigned;
  }

  private onAssigned(partitions: readonly Partition[]): void {
    this.parts.logger.info({ partitions: partitions.length }, "Partitions were assigned");
    this.assigned = partitions;
    this.forget();
    void this.prepare();
  }

  private recover(error: unknown): void {
    if (this.isStopping) return;
    const { logger, clock } = this.parts;
    this.trouble ??= { reason: reasonOf(error), since: clock.now() };
    logger.warn({ error: reasonOf(error) }, "What waited was dropped and is read again");
    this.forget();
    void this.prepare();
  }

  private forget(): void {
    this.epoch++;
    this.lanes.clear();
    this.parts.flusher.forget();
    if (!this.isReady) return;
    this.isReady = false;
    this.ready = Promise.withResolvers();
  }

  /** Finds out where each partition stands, and has the log continue there. Tries until it works or is overtaken. */
  private async prepare(): Promise<void> {
    const { epoch } = this;
    for (let failures = 0; epoch === this.epoch && !this.isStopping; failures++) {
      if (failures > 0) await pause(Math.min(backOffMs.first * 2 ** failures, backOffMs.most));
      try {
        await this.takeOver(epoch);
        return;
      } catch (error) {
        this.trouble ??= { reason: reasonOf(error), since: this.parts.clock.now() };
        this.parts.logger.warn({ error: reasonOf(error) }, "Positions could not be read");
      }
    }
  }

  private async takeOver(epoch: number): Promise<void> {
    const { log, db, flusher, logger } = this.parts;
    // Whether a flush in progress came through decides where its partitions stand.
    await flusher.settled();
    const positions = await loadPositions(db, log, this.assigned);
    if (epoch !== this.epoch) return;
    for (const position of positions) {
      const bound = this.topicOf.get(position.topic);
      if (!bound) continue;
      const { lane, lost } = laneAt(
        position,
        { binding: bound.binding.name, network: bound.network },
        logger,
      );
      this.lanes.set(laneKey(lane), lane);
      if (lost) flusher.addLost(lane, lost);
      this.consumer.seek({ topic: lane.topic, partition: lane.partition, offset: lane.next });
    }
    this.trouble = null;
    this.isReady = true;
    this.ready.resolve();
  }

  private async onSlice(slice: LogSlice): Promise<boolean> {
    const { epoch } = this;
    const { flusher } = this.parts;
    // Slices come without a pause when the log is ahead; the connections to both sides need their turn.
    await breathe();
    await this.hold(slice, () => (this.isReady ? null : this.ready.promise));
    await this.hold(slice, () => (flusher.isFull() ? flusher.room() : null));
    const bound = this.topicOf.get(slice.topic);
    const lane = this.lanes.get(laneKey(slice));
    // What was fetched for another assignment says nothing about this one.
    if (!bound || !lane || epoch !== this.epoch || this.isStopping) return false;
    if (!this.align(lane, slice)) return false;
    return this.take(slice, lane, bound.binding);
  }

  /** Waits as long as there is something to wait for, without being taken for dead by the group. */
  private async hold(slice: LogSlice, release: () => Promise<void> | null): Promise<void> {
    for (let held = release(); held && !this.isStopping; held = release()) {
      await Promise.race([held, pause(heartbeatMs)]);
      await slice.heartbeat();
    }
  }

  /**
   * After a seek the log may still bring what it had fetched before, and it may fetch the same once more when the seek takes
   * effect. Reading a slice again would take the lane back, and count its records as repeats. Later slices may begin
   * further on: the log passes over what it has no records for.
   */
  private align(lane: ActiveLane, slice: LogSlice): boolean {
    const { fetchedOffset } = slice;
    const isNext = lane.isAligned ? fetchedOffset >= lane.next : fetchedOffset === lane.next;
    if (!isNext) this.consumer.seek({ ...slice, offset: lane.next });
    lane.isAligned ||= isNext;
    return isNext;
  }

  private async take(slice: LogSlice, lane: ActiveLane, binding: IngestBinding): Promise<boolean> {
    const { epoch } = this;
    const reading = binding.read(lane, this.parts.clock.now());
    const letters = readSlice({ binding: binding.name, slice, from: lane.next, reading });
    try {
      await reading.settle();
      if (epoch !== this.epoch || this.isStopping) return false;
      this.parts.flusher.add({ lane, slice, letters, reading });
      return true;
    } catch (error) {
      if (epoch === this.epoch) this.recover(error);
      return false;
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
