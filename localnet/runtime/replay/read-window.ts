import type { Admin, Consumer, EachBatchPayload, Kafka, KafkaMessage } from "kafkajs";
import {
  type AgentEvent,
  agentEventSchema,
} from "../../../server/features/deployments/desired-state-schema.ts";

export type RecordedEvent = {
  event: AgentEvent;
  /** Of its record, ms. */
  at: number;
  partition: number;
  offset: string;
  bytes: number;
};
export type Window = {
  topic: string;
  from: number;
  to: number;
  agentService: string;
  eventTypes: ReadonlySet<string>;
  maxEvents: number;
};
export type Read = { scanned: number; matched: number; events: RecordedEvent[] };
type Range = { next: bigint; end: bigint };

const mostBytes = 64 * 2 ** 20;
/** Kafka has told that there is more, and gives nothing. */
const idleMs = 20_000;

/**
 * The earliest events for an agent in a window of the event topic, in the order of their time. Bounded by what the topic
 * holds when it begins; the consumer is its own and commits nothing, so nobody else is moved.
 */
export async function readWindow(
  kafka: Kafka,
  window: Window,
  onProgress: (read: Omit<Read, "events">) => void,
): Promise<Read> {
  const ranges = await withAdmin(kafka, (admin) => rangesOf(admin, window));
  const found = new Found(window);
  if (ranges.size === 0) return found.read();
  const consumer = kafka.consumer({ groupId: `replay-${crypto.randomUUID()}`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  try {
    await readRanges(consumer, { topic: window.topic, ranges, found, onProgress });
  } finally {
    await consumer.disconnect();
  }
  return found.read();
}

/** Partitions in which something stands between the two times. */
async function rangesOf(admin: Admin, { topic, from, to }: Window): Promise<Map<number, Range>> {
  const [begin, end] = await Promise.all([
    admin.fetchTopicOffsetsByTimestamp(topic, from),
    admin.fetchTopicOffsetsByTimestamp(topic, to),
  ]);
  const ends = new Map(end.map(({ partition, offset }) => [partition, BigInt(offset)]));
  return new Map(
    begin.flatMap(({ partition, offset }) => {
      const range = { next: BigInt(offset), end: ends.get(partition) ?? 0n };
      return range.next < range.end ? [[partition, range]] : [];
    }),
  );
}

type Reading = {
  topic: string;
  ranges: Map<number, Range>;
  found: Found;
  onProgress: (read: Omit<Read, "events">) => void;
};

async function readRanges(consumer: Consumer, { topic, ranges, found, onProgress }: Reading): Promise<void> {
  const done = Promise.withResolvers<void>();
  let heardAt = Date.now();
  const watch = setInterval(() => {
    onProgress(found.counts());
    if (Date.now() - heardAt > idleMs)
      done.reject(new Error("Kafka holds more of the window and gives nothing."));
  }, 1_000);
  consumer.on("consumer.crash", ({ payload }) => done.reject(payload.error));
  await consumer.subscribe({ topic, fromBeginning: false });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: async (payload) => {
      heardAt = Date.now();
      try {
        takeBatch(payload, { ranges, found });
      } catch (error) {
        done.reject(error);
      }
      if (ranges.size === 0) done.resolve();
      await payload.heartbeat();
    },
  });
  for (const [partition, { next }] of ranges) consumer.seek({ topic, partition, offset: String(next) });
  await done.promise.finally(() => clearInterval(watch));
}

/** What the consumer brought before it stood at the window is passed over. */
function takeBatch(
  { batch, resolveOffset, pause }: EachBatchPayload,
  { ranges, found }: Pick<Reading, "ranges" | "found">,
): void {
  const { partition } = batch;
  for (const message of batch.messages) {
    resolveOffset(message.offset);
    const range = ranges.get(partition);
    const offset = BigInt(message.offset);
    if (!range || offset < range.next) continue;
    if (offset < range.end) found.add(partition, message);
    range.next = offset + 1n;
    if (range.next >= range.end) ranges.delete(partition);
  }
  if (!ranges.has(partition)) pause();
}

class Found {
  private readonly window: Window;
  private readonly kept = new Map<number, RecordedEvent[]>();
  private bytes = 0;
  private scanned = 0;
  private matched = 0;

  constructor(window: Window) {
    this.window = window;
  }

  add(partition: number, { value, timestamp, offset }: KafkaMessage): void {
    this.scanned++;
    const { from, to, agentService, eventTypes, maxEvents } = this.window;
    const at = Number(timestamp);
    if (at < from || at >= to || value === null) return;
    const event = agentEventSchema.safeParse(parseJson(value));
    if (!event.success || !eventTypes.has(event.data.event_type)) return;
    if (event.data.context_path.agent_service !== agentService) return;
    this.matched++;
    const kept = this.kept.get(partition) ?? [];
    this.kept.set(partition, kept);
    // None of a partition beyond these can be among the earliest of all.
    if (kept.length >= maxEvents) return;
    this.bytes += value.length;
    if (this.bytes > mostBytes)
      throw new Error("Events of this window are over 64 MiB. Choose a shorter one, or fewer events.");
    kept.push({ event: event.data, at, partition, offset, bytes: value.length });
  }

  counts(): Omit<Read, "events"> {
    return { scanned: this.scanned, matched: this.matched };
  }

  read(): Read {
    const events = [...this.kept.values()].flat();
    events.sort(
      (a, b) => a.at - b.at || a.partition - b.partition || Number(BigInt(a.offset) - BigInt(b.offset)),
    );
    return { ...this.counts(), events: events.slice(0, this.window.maxEvents) };
  }
}

async function withAdmin<Result>(kafka: Kafka, work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = kafka.admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}

function parseJson(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString("utf8"));
  } catch {
    return null;
  }
}
