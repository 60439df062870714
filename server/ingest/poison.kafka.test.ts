import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { batchProducer, type PartitionBatch } from "../../localnet/kafka/batch-producer.ts";
import { recordBatch, recordTail } from "../../localnet/kafka/record-batch.ts";
import { withAdmin } from "../../localnet/kafka/running-kafka.ts";
import { anActivityRecord } from "../features/activity/testing/an-activity-record.ts";
import { testDatabase } from "../testing/database.ts";
import { testBroker } from "../testing/kafka.ts";
import { startIngestChild } from "./testing/ingest-child.ts";

const goodRecords = 5_000;
const badRecords = 100_000;
const hugeRecords = 5;
const mebibyte = 1024 * 1024;
const topicConfig = 2;

it("puts 100,000 bad records among good ones into dead letters with their reasons, and stores every good one", async () => {
  await using broker = await testBroker();
  await using db = await testDatabase();
  const topic = await broker.createTopic("poison", { partitions: 1 });
  await withAdmin(broker.brokers, (admin) =>
    admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: topicConfig,
          name: topic,
          configEntries: [{ name: "max.message.bytes", value: String(16 * mebibyte) }],
        },
      ],
    }),
  );
  const producer = batchProducer(broker.brokers);
  for (const batch of poison(topic)) await producer.send([batch]);
  producer.close();
  const deadLettersTopic = `${topic}.dead`;
  await using worker = await startIngestChild({
    name: "poisoned",
    brokers: broker.brokers,
    databaseUrl: db.url,
    group: broker.groupId("poison"),
    activityTopics: [topic],
    deadLettersTopic,
  });
  const total = goodRecords + badRecords + hugeRecords;
  await until(async () => (await sumOf("next_offset")) === total);
  expect(await sumOf("records")).toBe(goodRecords);
  expect(await sumOf("dead_letters")).toBe(badRecords + hugeRecords);
  const letters = await db.sql<{ kind: string; n: string }>(
    `SELECT split_part(regexp_replace(reason, '[0-9T:.-]{5,}Z?', '…', 'g'), ':', 1) AS kind, count(*) AS n FROM dead_letter GROUP BY 1 ORDER BY 1`,
  );
  expect(Object.fromEntries(letters.map(({ kind, n }) => [kind, Number(n)]))).toEqual({
    "not JSON": 20_000,
    "not protobuf, or cut off": 20_000,
    "the value has … bytes, more than 1 MiB": hugeRecords,
    "timestamp … is before 2020": 20_000,
    "timestamp … is more than 10 minutes in the future": 20_000,
    "upstream.request.size": 20_000,
  });
  const published = await withAdmin(broker.brokers, (admin) => admin.fetchTopicOffsets(deadLettersTopic));
  expect(published.reduce((sum, { high }) => sum + Number(high), 0)).toBe(badRecords + hugeRecords);
  expect(await worker.stop()).toBe(0);

  async function sumOf(column: string): Promise<number> {
    const [row] = await db.sql<{ sum: string | null }>(`SELECT sum(${column}) AS sum FROM ingest_offset`);
    return Number(row?.sum ?? 0);
  }
});

/** Good and bad records mixed, then a few of ten megabytes, one a batch. */
function* poison(topic: string): Generator<PartitionBatch> {
  const now = Date.now();
  const per = 2_000;
  const batch = recordBatch();
  let sinceTaken = 0;
  for (let number = 0; number < goodRecords + badRecords; number++) {
    const isGood = number % 21 === 0;
    const { key, value, headers } = isGood
      ? { ...aRecord(number, now), headers: {} }
      : aBadRecord(number, now);
    batch.append(recordTail({ key: Buffer.from(key), value: Buffer.from(value), headers }).tail, now);
    sinceTaken++;
    if (sinceTaken < per && number + 1 < goodRecords + badRecords) continue;
    yield { topic, partition: 0, ...batch.take() };
    sinceTaken = 0;
  }
  for (let huge = 0; huge < hugeRecords; huge++) {
    const { key } = aRecord(huge, now);
    const tail = recordTail({
      key: Buffer.from(key),
      value: Buffer.alloc(10 * mebibyte, 0x7b),
      headers: {},
    }).tail;
    batch.append(tail, now);
    yield { topic, partition: 0, ...batch.take() };
  }
}

function aRecord(number: number, at: number): { key: string; value: string } {
  const node = `0x${String(number % 63).padStart(64, "0")}`;
  return anActivityRecord({ number, node, at, bucket: 7, operation: 1, status: 0, latencyMs: 5, bytes: 100 });
}

type BadRecord = { key: string; value: string | Buffer; headers: Record<string, string> };

let kinds = 0;

function aBadRecord(number: number, now: number): BadRecord {
  const { key, value } = aRecord(number, now);
  const headers = {};
  switch (kinds++ % 5) {
    case 0:
      return { key, value: value.slice(0, 150), headers };
    case 1:
      return { key, value: Buffer.from(value), headers: { "content-type": "application/x-protobuf" } };
    case 2:
      return { key, value: value.replace(`"timestamp":"${now}"`, '"timestamp":"1000"'), headers };
    case 3:
      return { key, value: value.replace(`"timestamp":"${now}"`, '"timestamp":"4102444800000"'), headers };
    default:
      return { key, value: value.replace('"size":"100"', '"size":1e300'), headers };
  }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(50);
}
