import { type Kafka, Partitioners, type Producer } from "kafkajs";
import type { OutgoingRecord } from "../../ports/event-log.ts";

export type Publisher = {
  publish(topic: string, records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
};

/** Below the 1 MiB that a broker takes by default, with room for keys, headers and framing. */
const batchBytes = 900_000;
const overheadBytes = 512;
const tooLarge = "MESSAGE_TOO_LARGE";
const sizeHeader = "size-bytes";

/** Writes with acknowledgement of all replicas; creates a topic that is missing. */
export function openPublisher(kafka: Kafka): Publisher {
  let connecting: Promise<Producer> | null = null;
  const existing = new Set<string>();
  const producer = () => {
    connecting ??= connect(kafka).catch((error) => {
      connecting = null;
      throw error;
    });
    return connecting;
  };
  return {
    publish: async (topic, records) => {
      const open = await producer();
      if (!existing.has(topic)) await createIfMissing(kafka, topic);
      existing.add(topic);
      for (const batch of inBatches(records)) await send(open, topic, batch);
    },
    close: async () => {
      const open = await connecting?.catch(() => null);
      connecting = null;
      await open?.disconnect();
    },
  };
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  return producer;
}

async function createIfMissing(kafka: Kafka, topic: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = await admin.listTopics();
    if (!topics.includes(topic)) await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}

function* inBatches(records: readonly OutgoingRecord[]): Generator<OutgoingRecord[]> {
  let batch: OutgoingRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = overheadBytes + (record.value?.length ?? 0);
    if (batch.length > 0 && bytes + size > batchBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function send(producer: Producer, topic: string, batch: readonly OutgoingRecord[]): Promise<void> {
  try {
    await producer.send({ topic, acks: -1, messages: batch.map((record) => ({ ...record })) });
  } catch (error) {
    const [only] = batch;
    if (!isTooLarge(error) || batch.length > 1 || !only?.value) throw error;
    const headers = { ...only.headers, [sizeHeader]: String(only.value.length) };
    await producer.send({ topic, acks: -1, messages: [{ key: only.key, value: null, headers }] });
  }
}

function isTooLarge(error: unknown): boolean {
  return typeof error === "object" && error !== null && "type" in error && error.type === tooLarge;
}
