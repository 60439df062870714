import { expect, it } from "vitest";
import type { Self } from "../../ports/self.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { getStatus } from "./get-status.ts";

const at = "2026-11-23T12:00:10.500Z";
const self: Self = {
  version: "1.2.3",
  commit: "3f9c2e1",
  baseUrl: "http://console.test/",
  bindings: [
    { binding: "activity", network: "mainnet", topic: "ddc.activity" },
    { binding: "telemetry", network: "mainnet", topic: "otlp_metrics" },
    { binding: "activity", network: "testnet", topic: "ddc.activity.testnet" },
  ],
  configuration: [],
  health: () => [],
};

it("says what runs, and that nothing has come in yet", async () => {
  await using db = await testDatabase();
  const status = await statusOf(db);
  expect(status).toMatchObject({ version: "1.2.3", commit: "3f9c2e1", at, indexer: [] });
  expect(status.ingest.map(({ topic, recordsPerSecond }) => [topic, recordsPerSecond])).toEqual([
    ["ddc.activity", null],
    ["otlp_metrics", null],
  ]);
  expect(status.degraded).toMatchObject([
    { part: "Ingest", reason: expect.stringContaining("start the ingest role") },
  ]);
});

it("shows rate, lag and age of each topic of the network", async () => {
  await using db = await testDatabase();
  await insertWorker(db, "ok", null);
  await insertOffsets(db, "ddc.activity", [
    { partition: 0, next: 100, high: 140, recordAt: "2026-11-23T12:00:09.500Z" },
    { partition: 1, next: 50, high: 50, recordAt: "2026-11-23T12:00:08.500Z" },
  ]);
  for (let second = 0; second <= 11; second += 1)
    await db.sql(
      "INSERT INTO ingest_rate (binding, topic, at, records, dead_letters) VALUES ('activity', 'ddc.activity', $1::timestamptz - make_interval(secs => $2), 300, 0)",
      ["2026-11-23T12:00:10Z", second],
    );
  const { ingest, degraded } = await statusOf(db);
  expect(degraded).toEqual([]);
  expect(ingest[0]).toMatchObject({ recordsPerSecond: 300, lagRecords: 40, behindMs: 1_000, state: "ok" });
  expect(ingest[1]).toMatchObject({
    topic: "otlp_metrics",
    recordsPerSecond: 0,
    lagRecords: null,
    state: "ok",
  });
});

it("passes on in words what the workers wait for", async () => {
  await using db = await testDatabase();
  await insertWorker(db, "down", "Kafka is not reachable.");
  const { degraded } = await statusOf(db);
  expect(degraded).toEqual([
    {
      part: "Ingest",
      reason: "Kafka is not reachable.",
      since: "2026-11-23T12:00:00.000Z",
      panels: ["operations", "latency", "failures", "resources", "storage"],
    },
  ]);
});

it("says first of all that nobody watches, which hides everything else from who is told", async () => {
  await using db = await testDatabase();
  await insertWorker(db, "down", "Kafka is not reachable.");
  await db.sql("INSERT INTO alert_round (network, at, took_ms, signals, unknown) VALUES (3, $1, 12, 0, 0)", [
    "2026-11-23T11:59:00Z",
  ]);
  const { degraded } = await statusOf(db);
  expect(degraded.map(({ part }) => part)).toEqual(["alerts", "Ingest"]);
  expect(degraded[0]?.reason).toContain("nobody is watching");
});

it("says when the sign of life of Prometheus is missed", async () => {
  await using db = await testDatabase();
  await insertWorker(db, "ok", null);
  const heardAt = "2026-11-23T11:55:10.500Z";
  await db.sql("INSERT INTO alertmanager_heartbeat (network, at) VALUES (3, $1), (2, $2)", [heardAt, at]);
  const { degraded } = await statusOf(db);
  expect(degraded).toEqual([
    { part: "Prometheus", reason: expect.stringContaining("5 m 00 s ago"), since: heardAt, panels: [] },
  ]);
});

it("names an indexer that stands still", async () => {
  await using db = await testDatabase();
  await insertWorker(db, "ok", null);
  await db.sql(
    `INSERT INTO registry_source (network, family, state, reason, since, checked_at, height, lag_blocks, lag_ms, identity, identity_reason)
     VALUES (3, 'ddc', 'stalled', 'The indexer stands.', $1, $2, 24817343, 20, 120000, 'proved', '')`,
    ["2026-11-23T11:58:00Z", at],
  );
  const { indexer, degraded } = await statusOf(db);
  expect(indexer).toEqual([
    {
      family: "ddc",
      height: 24_817_343,
      lagBlocks: 20,
      lagMs: 120_000,
      state: "stalled",
      reason: "The indexer stands.",
      since: "2026-11-23T11:58:00.000Z",
    },
  ]);
  expect(degraded).toMatchObject([{ part: "ddc indexer", panels: ["registered", "economics"] }]);
});

function statusOf(db: TestDatabase) {
  return getStatus(aCtx({ db, deps: { self }, clock: fakeClock(at) }), { network: "mainnet" });
}

async function insertWorker(db: TestDatabase, state: string, reason: string | null): Promise<void> {
  await db.sql(
    `INSERT INTO ingest_worker (id, host, process, started_at, heard_at, state, reason, since, partitions)
     VALUES (gen_random_uuid(), 'here', 1, $1, $1, $2, $3, $4, '{}')`,
    ["2026-11-23T12:00:10Z", state, reason, reason === null ? null : "2026-11-23T12:00:00Z"],
  );
}

type Partition = { partition: number; next: number; high: number; recordAt: string };

async function insertOffsets(
  db: TestDatabase,
  topic: string,
  partitions: readonly Partition[],
): Promise<void> {
  for (const { partition, next, high, recordAt } of partitions)
    await db.sql(
      "INSERT INTO ingest_offset (topic, partition, next_offset, high_watermark, record_at) VALUES ($1, $2, $3, $4, $5)",
      [topic, partition, next, high, recordAt],
    );
}
