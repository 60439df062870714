import { expect, it } from "vitest";
import { testBroker } from "../../server/testing/kafka.ts";
import { batchProducer } from "./batch-producer.ts";
import { recordBatch, recordTail } from "./record-batch.ts";

it("writes batches that Kafka accepts and another client reads", async () => {
  await using broker = await testBroker();
  const topic = await broker.createTopic("batches", { partitions: 2 });
  const producer = batchProducer(broker.brokers);
  const batch = recordBatch(128);
  const value = (text: string) => Buffer.from(text);
  const first = recordTail({
    key: value("k"),
    value: value("one"),
    headers: { "content-type": "application/json" },
  });
  const second = recordTail({ key: null, value: value("x".repeat(300)), headers: {} });
  batch.append(first.tail, 1_795_448_418_132);
  batch.append(second.tail, 1_795_448_418_000);
  const patched = batch.append(first.tail, 1_795_448_500_000);
  batch.bytes().set(value("two"), patched + first.valueAt);
  const one = { topic, partition: 0, ...batch.take() };
  batch.append(second.tail, 5);
  await producer.send([one, { topic, partition: 1, ...batch.take() }]);
  expect(await producer.partitions([topic])).toEqual(new Map([[topic, 2]]));
  producer.close();

  const consumer = broker.kafka.consumer({ groupId: broker.groupId("batches") });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const read: string[] = [];
  const all = Promise.withResolvers<void>();
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      const type = message.headers?.["content-type"]?.toString() ?? "-";
      read.push(
        `${partition}/${message.offset} ${message.timestamp} ${message.key} ${type} ${message.value}`,
      );
      if (read.length === 4) all.resolve();
    },
  });
  await all.promise;
  await consumer.disconnect();
  const long = "x".repeat(300);
  expect(read.sort()).toEqual([
    "0/0 1795448418132 k application/json one",
    `0/1 1795448418000 null - ${long}`,
    "0/2 1795448500000 k application/json two",
    `1/0 5 null - ${long}`,
  ]);
});
