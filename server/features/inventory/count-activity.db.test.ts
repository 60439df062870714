import { Client } from "pg";
import { expect, it, vi } from "vitest";
import { driveLane } from "../../ingest/testing/drive-ingest.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { type ActivityRequest, anActivityRecord } from "../activity/testing/an-activity-record.ts";
import { countActivity, type FlushWindow } from "./count-activity.ts";
import { countNext } from "./count-next.ts";

const now = new Date("2026-11-23T12:00:00.000Z");
const far = 2 ** 40;

it("counts what ingest stored into pieces and buckets exactly as it is summed up independently", async () => {
  await using db = await testDatabase();
  const requests = Array.from({ length: 3_000 }, (_, number) => aRequest(number));
  const steps = [requests.slice(0, 1_200), requests.slice(1_200, 1_201), requests.slice(1_201)];
  for (const step of steps) {
    await store(db, step);
    await countAll(db);
  }
  const expected = new Map<string, { reads: number; writes: number; readBytes: number }>();
  for (const { number, bucket, operation, bytes } of requests) {
    const key = `${bucket}/${number % 50}`;
    const sum = expected.get(key) ?? { reads: 0, writes: 0, readBytes: 0 };
    if (operation === 1) sum.reads++;
    if (operation === 1) sum.readBytes += bytes;
    if (operation === 0) sum.writes++;
    expected.set(key, sum);
  }
  const pieces = await db.sql<{
    key: string;
    reads: string;
    writes: string;
    read_bytes: string;
    known: number;
  }>(
    "SELECT u64(bucket) || '/' || (get_byte(cid, 35) - 200) AS key, reads, writes, read_bytes, known FROM ddc_piece",
  );
  expect(
    new Map(pieces.map(({ key, reads, writes, read_bytes }) => [key, figures(reads, writes, read_bytes)])),
  ).toEqual(expected);
  expect(new Set(pieces.map(({ known }) => known))).toEqual(new Set([4]));
  const buckets = await db.sql<{ objects: string; used: string; requests: string }>(
    "SELECT sum(objects) AS objects, sum(used_objects) AS used, sum(requests) AS requests FROM ddc_bucket_use",
  );
  expect(buckets).toEqual([
    { objects: String(expected.size), used: String(expected.size), requests: "3000" },
  ]);
});

it("counts a window once when two processes count it at the same time", async () => {
  await using db = await testDatabase();
  await store(db, [aRequest(1), aRequest(2)]);
  const window = { from: await nextFlush(db), below: far };
  const steps = await Promise.all([countActivity(db, window, now), countActivity(db, window, now)]);
  expect(steps.map(({ isApplied }) => isApplied).sort()).toEqual([false, true]);
  expect(await db.sql("SELECT sum(requests)::integer AS n FROM ddc_piece")).toEqual([{ n: 2 }]);
});

it("waits for a transaction that is still under way, and counts its records once it is through", async () => {
  await using db = await testDatabase();
  await store(db, [aRequest(1)]);
  const writer = new Client({ connectionString: db.url });
  await writer.connect();
  try {
    await writer.query("BEGIN");
    await writer.query(`INSERT INTO activity SELECT (jsonb_populate_record(a, jsonb_build_object('kafka_offset', 77,
      'flush', txid_current()))).* FROM activity AS a LIMIT 1`);
    await db.sql("SELECT txid_current()");
    await countUntil(db, 1);
    await countNext(db, { width: 1_000_000, at: now });
    expect(await counted(db)).toBe(1);
    await writer.query("COMMIT");
    await countUntil(db, 2);
  } finally {
    await writer.end();
  }
});

it("learns the size of a piece from its put, and leaves it unknown without one", async () => {
  await using db = await testDatabase();
  await store(db, [
    { ...aRequest(1), operation: 0, bytes: 4_321, status: 0 },
    { ...aRequest(2), operation: 1, bytes: 99, status: 0 },
  ]);
  await countAll(db);
  expect(
    await db.sql("SELECT get_byte(cid, 35) - 200 AS piece, size_bytes FROM ddc_piece ORDER BY piece"),
  ).toEqual([
    { piece: 1, size_bytes: "4321" },
    { piece: 2, size_bytes: null },
  ]);
});

it("goes on in a server whose transaction numbers are lower than those it came with", async () => {
  await using db = await testDatabase();
  await db.sql(`UPDATE inventory_cursor SET next_flush = ${far}`);
  await countNext(db, { width: 10, at: now });
  await store(db, [aRequest(1)]);
  await countUntil(db, 1);
  expect(await nextFlush(db)).toBeGreaterThan(far);
});

async function store(db: TestDatabase, requests: readonly ActivityRequest[]): Promise<void> {
  await using lane = await driveLane(db, { binding: "activity", clock: fakeClock(now) });
  await lane.deliver(requests.map(anActivityRecord));
  await lane.flush();
}

async function countAll(db: TestDatabase): Promise<void> {
  const window: FlushWindow = { from: await nextFlush(db), below: (await newestFlush(db)) + 1 };
  expect(await countActivity(db, window, now)).toMatchObject({ isApplied: true });
}

/** Other databases of the server have transactions too; they hold the count up until they end. */
async function countUntil(db: TestDatabase, records: number): Promise<void> {
  await vi.waitUntil(
    async () => {
      await countNext(db, { width: 1_000_000, at: now });
      return (await counted(db)) === records;
    },
    { timeout: 60_000, interval: 50 },
  );
}

async function counted(db: TestDatabase): Promise<number> {
  const [row] = await db.sql<{ n: number }>("SELECT coalesce(sum(requests), 0)::integer AS n FROM ddc_piece");
  return row?.n ?? 0;
}

async function nextFlush(db: TestDatabase): Promise<number> {
  const [row] = await db.sql<{ at: string }>("SELECT next_flush AS at FROM inventory_cursor");
  return Number(row?.at);
}

async function newestFlush(db: TestDatabase): Promise<number> {
  const [row] = await db.sql<{ at: string }>("SELECT max(flush) AS at FROM activity");
  return Number(row?.at);
}

function aRequest(number: number): ActivityRequest {
  return {
    number,
    node: `0x${"ab".repeat(32)}`,
    at: now.getTime() - number * 1_000,
    bucket: number % 3 === 0 ? 18_446_744_073_709_551_615n : number % 7,
    operation: number % 4 === 0 ? 0 : 1,
    status: number % 11 === 0 ? 1 : 0,
    latencyMs: 5,
    bytes: 1_000 + number,
  };
}

function figures(reads: string, writes: string, readBytes: string) {
  return { reads: Number(reads), writes: Number(writes), readBytes: Number(readBytes) };
}
