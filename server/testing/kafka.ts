import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
  /**
   * The first segment of a topic, changed while the broker is away: what no producer could have written. Null where the
   * broker keeps its log out of reach, in a container.
   */
  rewrite: ((topic: string, change: (log: Buffer) => void) => Promise<void>) | null;
};

export async function startOwnBroker(): Promise<OwnBroker> {
  const directory = await mkdtemp(join(inject("scratchDirectory"), "kafka-"));
  const cacheDirectory = userCacheDirectory(process.env);
  let running = await startKafka({ directory, cacheDirectory, preferredPort: 0 });
  const port = Number(running.brokers[0]?.split(":")[1]);
  const broker = await openBroker(running.brokers);
  const start = async () => {
    running = await startKafka({ directory, cacheDirectory, preferredPort: port });
    if (running.brokers[0] !== broker.brokers[0])
      throw new Error(`Port ${port} was taken by another program.`);
  };
  return {
    ...broker,
    stop: () => running.stop(),
    kill: () => running.kill(),
    start,
    rewrite: existsSync(join(directory, "data"))
      ? async (topic, change) => {
          await running.stop();
          const file = join(directory, "data", `${topic}-0`, `${"0".repeat(20)}.log`);
          const log = await readFile(file);
          change(log);
          await writeFile(file, log);
          await start();
        }
      : null,
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
