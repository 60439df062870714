import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asOtlpJson, asOtlpProtobuf, type ResourceReading } from "../../../localnet/nodes/otlp-encoding.ts";
import { driveLane } from "../../ingest/testing/drive-ingest.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";

const read = (file: string) => readFileSync(join(import.meta.dirname, "fixtures", file));
const collectedAt = Date.parse("2026-11-23T15:21:15.000Z");
const clock = () => fakeClock(new Date(collectedAt));
const first = "0x1779f59f4df251f6b81aeb08fb52a5d84ad4eef833c7fdf0bc576cd1aab11d24";

it("stores a Collector's readings per node and window, and what the node says of itself", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "telemetry", clock: clock() });
  const at = (value: Buffer) => ({ value, timestampMs: collectedAt });
  await lane.deliver([at(read("metrics-json-two-nodes-1.json"))]);
  await lane.flush();
  await lane.deliver([at(read("metrics-proto-two-nodes-2.binpb"))]);
  await lane.flush();
  const seconds = await db.sql(
    `SELECT reading_1s.at, cpu_sum, cpu_n, memory_sum, memory_n, load_1m_max, cpu_cores_max, disk_read_ms_sum, net_in_bps_n, link_bps_n
     FROM reading_1s JOIN ddc_node ON ddc_node.id = node WHERE node_key = $1 ORDER BY 1`,
    [first],
  );
  expect(seconds).toEqual([
    {
      at: new Date("2026-11-23T15:21:11Z"),
      cpu_sum: null,
      cpu_n: null,
      memory_sum: 0.05601007616,
      memory_n: 1,
      load_1m_max: 1.46,
      cpu_cores_max: 2,
      disk_read_ms_sum: null,
      net_in_bps_n: null,
      link_bps_n: null,
    },
    {
      at: new Date("2026-11-23T15:21:14Z"),
      cpu_sum: expect.closeTo(0.268158, 6),
      cpu_n: 1,
      memory_sum: 0.05633257295,
      memory_n: 1,
      load_1m_max: 1.35,
      cpu_cores_max: 2,
      disk_read_ms_sum: expect.closeTo(0.444444, 5),
      net_in_bps_n: 1,
      link_bps_n: null,
    },
  ]);
  const [minute] = await db.sql<{ n: number; max: number; sum: number }>(
    `SELECT memory_n AS n, memory_max AS max, memory_sum AS sum FROM reading_1m
     JOIN ddc_node ON ddc_node.id = node WHERE node_key = $1`,
    [first],
  );
  expect(minute).toEqual({
    n: 2,
    max: 0.05633257295,
    sum: expect.closeTo(0.05601007616 + 0.05633257295, 12),
  });
  const [node] = await db.sql(
    `SELECT reported ->> 'host.name' AS host, reported_at, ddc_node.network, cluster_id
     FROM ddc_node JOIN ddc_cluster ON ddc_cluster.id = cluster WHERE node_key = $1`,
    [first],
  );
  expect(node).toEqual({
    host: "storage-2.example.org",
    reported_at: new Date("2026-11-23T15:21:14.892Z"),
    network: 3,
    cluster_id: "0x7f82864e4f097e63d04cc279e4d8d2eb45a42ffa",
  });
});

it("goes on with a counter where it was before a restart, and counts a repeated message once", async () => {
  await using db = await testDatabase();
  const message = (second: number, bytes: number) => ({ value: asOtlpJson([aReading(second, bytes)]) });
  {
    await using before = await driveLane(db, { binding: "telemetry", clock: clock() });
    await before.deliver([message(0, 1_000)]);
    await before.flush();
  }
  await using after = await driveLane(db, { binding: "telemetry", clock: clock() });
  await after.deliver([message(0, 1_000), message(2, 5_000)]);
  await after.flush();
  expect(
    await db.sql("SELECT net_in_bps_sum AS sum, net_in_bps_n AS n, link_bps_n AS links FROM reading_1d"),
  ).toEqual([{ sum: 16_000, n: 1, links: 2 }]);
  expect(await db.sql("SELECT records, duplicates FROM ingest_offset")).toEqual([
    { records: "2", duplicates: "1" },
  ]);
});

it("believes the network that the resource names, and measures how far the node's clock is off", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "telemetry", clock: clock() });
  const reading = aReading(0, 1);
  const named = { ...reading, attributes: { ...reading.attributes, "ddc.network": "testnet" } };
  await lane.deliver([{ value: asOtlpProtobuf([named]), timestampMs: readAt(0) - 90_000 }]);
  await lane.flush();
  expect(
    await db.sql("SELECT network, clock_skew_ms_max AS skew FROM ddc_node JOIN reading_1h ON node = id"),
  ).toEqual([{ network: 2, skew: 90_000 }]);
});

it("keeps the good nodes of a message of which one has a wrong clock, and says so in a dead letter", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "telemetry", clock: clock() });
  const wrong = { ...aReading(0, 1), at: Date.UTC(2100, 0, 1) };
  const other = { ...wrong, attributes: { ...wrong.attributes, "ddc.node": `0x${"2".repeat(64)}` } };
  await lane.deliver([{ value: asOtlpJson([other, aReading(0, 1)]) }]);
  await lane.flush();
  expect(await db.sql("SELECT node_key FROM ddc_node JOIN reading_1s ON node = id")).toEqual([
    { node_key: `0x${"1".repeat(64)}` },
  ]);
  expect(await db.sql("SELECT reason FROM dead_letter")).toEqual([
    { reason: expect.stringContaining("2100-01-01T00:00:00.000Z is more than 10 minutes in the future") },
  ]);
});

function readAt(second: number): number {
  return collectedAt - 60_000 + second * 1_000;
}

function aReading(second: number, bytes: number): ResourceReading {
  return {
    attributes: { "ddc.node": `0x${"1".repeat(64)}`, "ddc.link.bps": 10_000_000_000 },
    scope: "test",
    startAt: collectedAt - 3_600_000,
    at: readAt(second),
    metrics: [
      {
        name: "system.network.io",
        unit: "By",
        kind: "counter",
        isInteger: true,
        points: [{ value: bytes, attributes: { device: "eth0", direction: "receive" } }],
      },
    ],
  };
}
