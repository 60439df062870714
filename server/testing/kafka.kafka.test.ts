import { expect, it } from "vitest";
import { withAdmin } from "../../localnet/kafka/running-kafka.ts";
import { startOwnBroker, testBroker } from "./kafka.ts";

it("creates topics that no other test has and takes them away", async () => {
  const broker = await testBroker();
  const [one, two] = await Promise.all([broker.createTopic("t", { partitions: 3 }), broker.createTopic("t")]);
  expect(one).not.toBe(two);
  const { topics } = await withAdmin(broker.brokers, (admin) => admin.fetchTopicMetadata({ topics: [one] }));
  expect(topics[0]?.partitions).toHaveLength(3);
  await broker[Symbol.asyncDispose]();
  expect(await withAdmin(broker.brokers, (admin) => admin.listTopics())).not.toContain(one);
});

it("keeps address and records of an own broker over a crash", async () => {
  await using broker = await startOwnBroker();
  const topic = await broker.createTopic("kept");
  await broker.producer.send({ topic, messages: [{ value: "before" }] });
  await broker.kill();
  await broker.start();
  await broker.producer.send({ topic, messages: [{ value: "after" }] });
  const offsets = await withAdmin(broker.brokers, (admin) => admin.fetchTopicOffsets(topic));
  expect(offsets.map((partition) => partition.high)).toEqual(["2"]);
});
