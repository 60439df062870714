import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { batchProducer } from "../../localnet/kafka/batch-producer.ts";
import { withAdmin } from "../../localnet/kafka/running-kafka.ts";
import { localNetwork } from "../../localnet/network/local-network.ts";
import { ActivitySource, type ActivityTotal } from "../../localnet/nodes/activity-source.ts";
import { PatientSender } from "../../localnet/nodes/patient-sender.ts";
import { openDatabase } from "../adapters/postgres/database.ts";
import type { Sql } from "../ports/database.ts";
import { startOwnBroker } from "../testing/kafka.ts";
import { startOwnPostgres } from "../testing/own-postgres.ts";
import { type IngestChild, startIngestChild, type WorkerPlan } from "./testing/ingest-child.ts";
import { requireExact } from "./testing/require-exact.ts";

const recordsPerSecond = 10_000;
/** Where the machine is too slow for the rate, writers wait: the test is about exactness. */
const mostBehind = 150_000;
const kills = 10;
const slowFlushMs = 1_000;
/** Each life of the worker brings at least this much before it is killed. */
const recordsPerLife = 10_000;
const partitions = 16;
/** Every life costs a session that has to run out; on a machine with much else to do each step takes several times as long. */
const busyMachineMs = 900_000;

it(
  "counts every record exactly once while workers are killed, frozen, join and leave, and both servers crash",
  async () => {
    await using broker = await startOwnBroker();
    await using postgres = await startOwnPostgres();
    await using db = openDatabase({
      connectionString: postgres.url,
      maxConnections: 3,
      applicationName: "test",
    });
    const { sql } = db;
    const topic = await broker.createTopic("activity", { partitions });
    const group = broker.groupId("ingest");
    const plan = (name: string, flushEveryMs = 250): WorkerPlan => ({
      name,
      flushEveryMs,
      brokers: broker.brokers,
      databaseUrl: postgres.url,
      group,
      activityTopics: [topic],
      deadLettersTopic: `${topic}.dead`,
    });
    const load = writeSteadily(broker.brokers, topic, () => stored(sql));
    let worker = await startIngestChild(plan("one"));
    let second: typeof worker | null = null;
    try {
      for (let life = 1; life <= kills; life++) {
        const before = await stored(sql);
        await until(async () => (await stored(sql)) >= before + recordsPerLife);
        if (life === 2) second = await startIngestChild(plan("two"));
        if (life === 3) {
          // Frozen it loses its partitions; thawed it holds records that the other has written meanwhile, and tries to write them.
          await until(() => freezeWithRecords(worker, sql));
          const places = await offsets(sql);
          await until(async () => haveAllMoved(places, await offsets(sql)));
          worker.thaw();
          await pause(2 * slowFlushMs);
        }
        if (life === 4) {
          await postgres.kill();
          await postgres.start();
        }
        if (life === 5) expect(await second?.stop()).toBe(0);
        if (life === 7) {
          await broker.kill();
          await broker.start();
        }
        await worker.kill();
        worker = await startIngestChild(plan("one", life === 2 ? slowFlushMs : undefined));
      }
      const totals = await load.stop();
      const end = await endOf(broker.brokers, topic);
      await until(async () => (await stored(sql)) === end);
      await requireExact(postgres.url, totals);
      expect(await worker.stop()).toBe(0);
    } finally {
      await load.stop();
      await second?.[Symbol.asyncDispose]();
      await worker[Symbol.asyncDispose]();
    }
  },
  busyMachineMs,
);

/**
 * Stops the worker between two flushes. True when it has gone without one for long enough to hold records, and is in no
 * transaction that the server would end for it; else it goes on.
 */
async function freezeWithRecords(worker: IngestChild, sql: Sql): Promise<boolean> {
  await pause(100);
  worker.freeze();
  const [writer] = await sql<{ holds: boolean }>(
    `SELECT state = 'idle' AND clock_timestamp() - state_change > make_interval(secs => $1) AS holds
     FROM pg_stat_activity WHERE application_name = 'one writer' AND query = 'COMMIT' ORDER BY backend_start DESC LIMIT 1`,
    [slowFlushMs / 2_000],
  );
  if (writer?.holds) return true;
  worker.thaw();
  return false;
}

type Load = { stop(): Promise<readonly ActivityTotal[]> };

/** As agents do: what the broker does not take is sent again, so some of it arrives twice. */
function writeSteadily(brokers: readonly string[], topic: string, read: () => Promise<number>): Load {
  const stopping = new AbortController();
  const producer = batchProducer(brokers);
  const sender = new PatientSender(producer, new AbortController().signal);
  const source = new ActivitySource({ network: localNetwork("mainnet"), topic, partitions });
  const run = async () => {
    let writtenUpTo = Date.now();
    let written = 0;
    while (!stopping.signal.aborted) {
      await pause(50);
      const now = Date.now();
      const count = Math.round(((now - writtenUpTo) * recordsPerSecond) / 1000);
      if (written + count - (await read()) < mostBehind) {
        source.add(count, writtenUpTo, now);
        written += count;
      }
      writtenUpTo = now;
      for (let batches = source.take(); batches.length > 0; batches = source.take())
        await sender.send(batches);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      producer.close();
      return source.totals();
    },
  };
}

/** Records that are through; while the server is away the last answer stands. */
async function stored(sql: Sql): Promise<number> {
  const places = await offsets(sql);
  return places.reduce((sum, next) => sum + next, 0);
}

let lastOffsets: number[] = [];

async function offsets(sql: Sql): Promise<number[]> {
  try {
    const rows = await sql<{ next: string }>(
      "SELECT next_offset AS next FROM ingest_offset ORDER BY partition",
    );
    lastOffsets = rows.map(({ next }) => Number(next));
  } catch {
    // It is restarting.
  }
  return lastOffsets;
}

/** But those to which no node of the network writes. */
function haveAllMoved(before: readonly number[], after: readonly number[]): boolean {
  return after.every((next, index) => next > (before[index] ?? 0) || next === 0);
}

async function endOf(brokers: readonly string[], topic: string): Promise<number> {
  const ends = await withAdmin(brokers, (admin) => admin.fetchTopicOffsets(topic));
  return ends.reduce((sum, { high }) => sum + Number(high), 0);
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(50);
}
