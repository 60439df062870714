import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

it("opens compressed batches as other clients wrote them, served by a real broker", async () => {
  await using broker = await testBroker();
  await using db = await testDatabase();
  const folder = join(import.meta.dirname, "../adapters/kafka/fixtures");
  // Brokers take zstd only by a newer request than this producer speaks; record-batch.test.ts opens it.
  const files = readdirSync(folder).filter((name) => /^java-client-.*-(none|gzip|snappy|lz4)/.test(name));
  const topic = await broker.createTopic("codecs");
  const producer = batchProducer(broker.brokers);
  for (const file of files)
    await producer.send([{ topic, partition: 0, batch: asProduced(join(folder, file)), records: 10 }]);
  producer.close();
  await using worker = await startIngestChild({
    name: "codecs",
    brokers: broker.brokers,
    databaseUrl: db.url,
    group: broker.groupId("codecs"),
    activityTopics: [topic],
    deadLettersTopic: `${topic}.dead`,
  });
  // They are no activity, so each record that was opened is refused for what it says.
  await until(async () => (await db.sql("SELECT 1 FROM dead_letter")).length === files.length * 10);
  const reasons = await db.sql("SELECT DISTINCT reason FROM dead_letter");
  expect(reasons).toEqual([{ reason: "neither the key nor the header ddc-node names a node" }]);
  expect(await worker.stop()).toBe(0);
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

/** A producer sends a batch with offsets from 0; the broker gives the true ones. */
function asProduced(file: string): Buffer {
  const bytes = Buffer.from(readFileSync(file));
  bytes.writeBigInt64BE(0n, 0);
  bytes.writeInt32BE(-1, 12);
  return bytes;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(50);
}
