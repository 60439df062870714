import { setTimeout as pause } from "node:timers/promises";
import type { Consumer, EachBatchPayload, Kafka } from "kafkajs";
import type { Clock } from "../../kernel/clock.ts";
import type { ConsumeOptions, LogConsumer, LogSlice, LogState, Partition } from "../../ports/event-log.ts";
import type { Logger } from "../../ports/logger.ts";
import { blockOf } from "./whole-batches.ts";

export type GroupOptions = ConsumeOptions & {
  kafka: Kafka;
  brokers: readonly string[];
  sessionTimeoutMs: number;
  log: Logger;
  clock: Clock;
};

const backOffMs = { first: 250, most: 5_000 };
/** A broker that says nothing for this long, while nobody holds the reader up, is not there. */
const silenceMs = 4_000;
const leaveMs = 4_000;
const newTopicsMs = 15_000;
const membership = { heartbeatInterval: 2_000, rebalanceTimeout: 15_000 };
/** A little patience per fetch makes batches of a stream that drips; a quiet log answers at least this often. */
const fetching = {
  minBytes: 32_768,
  maxWaitTimeInMs: 250,
  maxBytesPerPartition: 1_048_576,
  maxBytes: 8_388_608,
};
const slicesAtOnce = 4;

/** A member of a consumer group that comes back by itself after any failure, with a growing pause in between. */
export function consumeGroup(options: GroupOptions): LogConsumer {
  const member = new GroupMember(options);
  const running = member.run();
  return {
    state: (at) => member.state(at),
    seek: (position) => member.seek(position),
    commit: (positions) => member.commit(positions),
    stop: async () => {
      member.stop();
      await running;
    },
  };
}

class GroupMember {
  private readonly options: GroupOptions;
  private readonly stopping = new AbortController();
  private consumer: Consumer | null = null;
  private heardAt: Date | null = null;
  private failure: { reason: string; since: Date } | null = null;
  private busy = 0;

  constructor(options: GroupOptions) {
    this.options = options;
  }

  async run(): Promise<void> {
    const { log, clock } = this.options;
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      const startedAt = clock.now();
      const error = await this.live();
      if (this.stopping.signal.aborted) return;
      const wasHeard = this.heardAt !== null && this.heardAt > startedAt;
      failures = wasHeard ? 0 : failures + 1;
      if (error) {
        this.failure ??= { reason: reasonOf(error, this.options.brokers), since: clock.now() };
        log.warn({ error: messageOf(error) }, "The Kafka consumer ended and is started again");
      }
      await this.rest(Math.min(backOffMs.first * 2 ** failures, backOffMs.most));
    }
  }

  stop(): void {
    this.stopping.abort();
  }

  state(at: Date): LogState {
    if (this.failure) return { kind: "unreachable", ...this.failure };
    if (!this.heardAt) return { kind: "starting" };
    const isSilent = this.busy === 0 && at.getTime() - this.heardAt.getTime() > silenceMs;
    if (!isSilent) return { kind: "connected" };
    const reason = `Kafka at ${this.options.brokers.join(", ")} does not answer`;
    return { kind: "unreachable", reason, since: this.heardAt };
  }

  seek({ topic, partition, offset }: Partition & { offset: number }): void {
    this.consumer?.seek({ topic, partition, offset: String(offset) });
  }

  async commit(positions: readonly (Partition & { offset: number })[]): Promise<void> {
    await this.consumer?.commitOffsets(
      positions.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) })),
    );
  }

  /** One life of the consumer: resolves with what ended it, or with null when it was asked to end. */
  private async live(): Promise<unknown> {
    const { kafka, group } = this.options;
    const consumer = kafka.consumer({
      groupId: group,
      ...membership,
      sessionTimeout: this.options.sessionTimeoutMs,
      ...fetching,
      metadataMaxAge: 30_000,
      allowAutoTopicCreation: false,
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
    });
    const ended = Promise.withResolvers<unknown>();
    this.listen(consumer, ended.resolve);
    const onStop = () => ended.resolve(null);
    this.stopping.signal.addEventListener("abort", onStop);
    try {
      const missing = await this.begin(consumer);
      const stopWatching = missing.length > 0 ? this.watchFor(missing, ended.resolve) : () => {};
      const cause = await ended.promise;
      stopWatching();
      return cause;
    } catch (error) {
      return error;
    } finally {
      this.stopping.signal.removeEventListener("abort", onStop);
      this.consumer = null;
      await leave(consumer);
    }
  }

  private listen(consumer: Consumer, end: (cause: unknown) => void): void {
    const { events } = consumer;
    const heard = () => {
      this.heardAt = this.options.clock.now();
      this.failure = null;
    };
    consumer.on(events.FETCH, heard);
    consumer.on(events.HEARTBEAT, heard);
    consumer.on(events.GROUP_JOIN, ({ payload }) => {
      heard();
      const partitions = Object.entries(payload.memberAssignment).flatMap(([topic, numbers]) =>
        numbers.map((partition) => ({ topic, partition })),
      );
      this.options.onAssigned(partitions);
    });
    consumer.on(events.CRASH, ({ payload }) => end(payload.error));
  }

  /** Joins the group; returns the topics that do not exist yet. */
  private async begin(consumer: Consumer): Promise<string[]> {
    const existing = await this.existingTopics();
    const [present, missing] = split(this.options.topics, (topic) => existing.has(topic));
    if (present.length === 0) throw new Error(`None of these topics exists: ${missing.join(", ")}`);
    await consumer.connect();
    await consumer.subscribe({ topics: present, fromBeginning: true });
    this.consumer = consumer;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: slicesAtOnce,
      eachBatch: (payload) => this.onBatch(payload),
    });
    return missing;
  }

  private async existingTopics(): Promise<Set<string>> {
    const admin = this.options.kafka.admin();
    await admin.connect();
    try {
      return new Set(await admin.listTopics());
    } finally {
      await admin.disconnect();
    }
  }

  /** A subscription is fixed when the consumer starts: when a missing topic appears, it has to start again. */
  private watchFor(missing: readonly string[], end: (cause: unknown) => void): () => void {
    this.options.log.info({ missing }, "Topics that do not exist yet are looked for every 15 s");
    const timer = setInterval(() => {
      this.existingTopics()
        .then((existing) => missing.some((topic) => existing.has(topic)) && end(null))
        .catch(() => {});
    }, newTopicsMs);
    return () => clearInterval(timer);
  }

  private async onBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, resolveOffset, isRunning, isStale } = payload;
    if (!isRunning() || isStale()) return;
    this.busy++;
    try {
      const isTaken = await this.options.onSlice(toSlice(payload));
      if (isTaken) resolveOffset(batch.lastOffset());
    } finally {
      this.busy--;
      this.heardAt = this.options.clock.now();
    }
    await heartbeat();
  }

  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopping.signal }).catch(() => {});
  }
}

function toSlice({ batch, heartbeat }: EachBatchPayload): LogSlice {
  return {
    topic: batch.topic,
    partition: batch.partition,
    fetchedOffset: fetchedOffsetOf(batch),
    lastOffset: Number(batch.lastOffset()),
    highWatermark: Number(batch.highWatermark),
    blocks: batch.messages.map(blockOf),
    heartbeat,
  };
}

/** In the object, not in the type. */
function fetchedOffsetOf(batch: object): number {
  return "fetchedOffset" in batch ? Number(batch.fetchedOffset) : -1;
}

async function leave(consumer: Consumer): Promise<void> {
  const tooLong = new AbortController();
  await Promise.race([
    consumer.disconnect().catch(() => {}),
    pause(leaveMs, undefined, { signal: tooLong.signal }).catch(() => {}),
  ]);
  tooLong.abort();
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function reasonOf(error: unknown, brokers: readonly string[]): string {
  return `Kafka at ${brokers.join(", ")}: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
