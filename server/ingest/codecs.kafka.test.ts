import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { batchProducer } from "../../localnet/kafka/batch-producer.ts";
import { crc32c } from "../../localnet/kafka/crc32c.ts";
import { recordBatch, recordTail } from "../../localnet/kafka/record-batch.ts";
import { anActivityRecord } from "../features/activity/testing/an-activity-record.ts";
import { testDatabase } from "../testing/database.ts";
import { startOwnBroker, testBroker } from "../testing/kafka.ts";
import { startIngestChild, type WorkerPlan } from "./testing/ingest-child.ts";

const fixtures = join(import.meta.dirname, "../adapters/kafka/fixtures");
const codecs = ["none", "gzip", "snappy", "lz4", "zstd"];

it("reads what other clients compressed by every codec, served by a real broker", async () => {
  await using broker = await testBroker();
  await using db = await testDatabase();
  const metrics = filesOf("collector-metrics-");
  const events = filesOf("java-client-");
  expect(codecs.filter((codec) => !events.some((file) => file.includes(`-${codec}.`)))).toEqual([]);
  const activity = await broker.createTopic("codecs");
  const telemetry = await broker.createTopic("codecs-metrics");
  const producer = batchProducer(broker.brokers);
  const send = (topic: string, file: string) =>
    producer.send([{ topic, partition: 0, batch: asProduced(file), records: 10 }]);
  for (const file of events) await send(activity, file);
  for (const file of metrics) await send(telemetry, file);
  producer.close();
  await using worker = await startIngestChild({
    ...planOf(broker, db.url),
    activityTopics: [activity],
    telemetryTopics: [telemetry],
  });
  const judged = async (topic: string) => {
    const [row] = await db.sql<{ n: string | null }>(
      "SELECT sum(records + duplicates + dead_letters) AS n FROM ingest_offset WHERE topic = $1",
      [topic],
    );
    return Number(row?.n ?? 0);
  };
  const total = events.length * 10;
  await until(async () => (await judged(activity)) === total && (await judged(telemetry)) > 0);
  // They are no activity, so each record that was opened is refused for what it says.
  const reasons = await db.sql("SELECT DISTINCT reason FROM dead_letter WHERE topic = $1", [activity]);
  expect(reasons).toEqual([{ reason: "neither the key nor the header ddc-node names a node" }]);
  expect(await db.sql("SELECT 1 FROM dead_letter WHERE reason LIKE '%codec%'")).toEqual([]);
  expect(await worker.stop()).toBe(0);
}, 120_000);

it("puts a batch of an unknown codec into dead letters with its offsets, and stops nothing", async ({
  skip,
}) => {
  await using broker = await startOwnBroker();
  const { rewrite } = broker;
  if (rewrite === null) return skip("the log of this broker is in a container");
  await using db = await testDatabase();
  const topic = await broker.createTopic("unknown-codec");
  const producer = batchProducer(broker.brokers);
  for (const batch of [0, 1, 2]) await producer.send([{ topic, partition: 0, ...tenRecords(batch * 10) }]);
  producer.close();
  await rewrite(topic, (log) => setCodec(log, endOfBatch(log, 0), 6));
  await using worker = await startIngestChild({ ...planOf(broker, db.url), activityTopics: [topic] });
  await until(async () => (await db.sql("SELECT 1 FROM ingest_offset WHERE next_offset = 30")).length === 1);
  expect(await db.sql("SELECT kafka_offset FROM activity ORDER BY 1")).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29].map((offset) => ({
      kafka_offset: String(offset),
    })),
  );
  expect(await db.sql("SELECT kafka_offset, last_offset, reason FROM dead_letter")).toEqual([
    { kafka_offset: "10", last_offset: "19", reason: "compressed with unknown codec 6" },
  ]);
  expect(await db.sql("SELECT records, dead_letters FROM ingest_offset")).toEqual([
    { records: "20", dead_letters: "10" },
  ]);
  expect(await worker.stop()).toBe(0);
}, 180_000);

function planOf(
  broker: { brokers: string[]; groupId(name: string): string },
  databaseUrl: string,
): WorkerPlan {
  const group = broker.groupId("codecs");
  return {
    name: "codecs",
    brokers: broker.brokers,
    databaseUrl,
    group,
    activityTopics: [],
    deadLettersTopic: `${group}.dead`,
  };
}

function filesOf(family: string): string[] {
  return readdirSync(fixtures).filter((name) => name.startsWith(family) && name.endsWith(".recordbatch"));
}

/** A producer sends a batch with offsets from 0; the broker gives the true ones. */
function asProduced(file: string): Buffer {
  const bytes = Buffer.from(readFileSync(join(fixtures, file)));
  bytes.writeBigInt64BE(0n, 0);
  bytes.writeInt32BE(-1, 12);
  return bytes;
}

function tenRecords(first: number): { batch: Uint8Array; records: number } {
  const now = Date.now();
  const batch = recordBatch();
  for (let number = first; number < first + 10; number++) {
    const node = `0x${"1".repeat(64)}`;
    const of = { number, node, at: now, bucket: 7, operation: 1, status: 0, latencyMs: 5, bytes: 100 };
    const { key, value } = anActivityRecord(of);
    batch.append(recordTail({ key: Buffer.from(key), value: Buffer.from(value), headers: {} }).tail, now);
  }
  return batch.take();
}

const afterLength = 12;
const crcAt = 17;
const attributesAt = 21;

function endOfBatch(log: Buffer, start: number): number {
  return start + afterLength + log.readInt32BE(start + 8);
}

/** As a producer of the future might: the batch is whole, and its checksum right. */
function setCodec(log: Buffer, start: number, codec: number): void {
  log.writeInt16BE((log.readInt16BE(start + attributesAt) & ~7) | codec, start + attributesAt);
  log.writeUInt32BE(crc32c(log, start + attributesAt, endOfBatch(log, start)), start + crcAt);
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(50);
}
