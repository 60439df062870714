import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Kafka, Partitioners, type Producer } from "kafkajs";
import { inject } from "vitest";
import { createTopics } from "../../localnet/kafka/create-topics.ts";
import { kafkaClient, withAdmin } from "../../localnet/kafka/running-kafka.ts";
import { startKafka, userCacheDirectory } from "../../localnet/kafka/start-kafka.ts";

/** A real broker, with what a test needs to write to it. Disposing of it deletes the topics that were created here. */
export type TestBroker = AsyncDisposable & {
  brokers: string[];
  kafka: Kafka;
  producer: Producer;
  /** A topic that no other test has: `<name>.<random>`. Returns its full name. */
  createTopic(name: string, options?: { partitions?: number }): Promise<string>;
  /** A consumer group that no other test has. */
  groupId(name: string): string;
};

/** The broker that all tests of a run share. */
export async function testBroker(): Promise<TestBroker> {
  return openBroker(inject("kafkaBrokers").split(","));
}

/** A broker that only this test has, so it may be stopped, killed and started again: it keeps its address and its data. */
export type OwnBroker = TestBroker & {
  stop(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  suspend(): Promise<void>;
  resume(): Promise<void>;
};

export async function startOwnBroker(): Promise<OwnBroker> {
  const directory = await mkdtemp(join(inject("scratchDirectory"), "kafka-"));
  const cacheDirectory = userCacheDirectory(process.env);
  let running = await startKafka({ directory, cacheDirectory, preferredPort: 0 });
  const port = Number(running.brokers[0]?.split(":")[1]);
  const broker = await openBroker(running.brokers);
  return {
    ...broker,
    stop: () => running.stop(),
    kill: () => running.kill(),
    start: async () => {
      running = await startKafka({ directory, cacheDirectory, preferredPort: port });
      if (running.brokers[0] !== broker.brokers[0])
        throw new Error(`Port ${port} was taken by another program.`);
    },
    suspend: () => running.suspend(),
    resume: () => running.resume(),
    [Symbol.asyncDispose]: async () => {
      await broker.producer.disconnect().catch(() => {});
      await running.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function openBroker(brokers: string[]): Promise<TestBroker> {
  const kafka = kafkaClient(brokers, "console-test");
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const created: string[] = [];
  return {
    brokers,
    kafka,
    producer,
    createTopic: async (name, { partitions = 1 } = {}) => {
      const topic = `${name}.${randomUUID()}`;
      await createTopics(brokers, [{ topic, partitions }]);
      created.push(topic);
      return topic;
    },
    groupId: (name) => `${name}-${randomUUID()}`,
    [Symbol.asyncDispose]: async () => {
      await producer.disconnect();
      if (created.length > 0) await withAdmin(brokers, (admin) => admin.deleteTopics({ topics: created }));
    },
  };
}
