import { describe, expect, it } from "vitest";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { readSpark } from "../nodes/list-rules.ts";
import {
  insertNode,
  insertReading,
  insertRollup,
  insertWorker,
  makeRoom,
  testSelf,
} from "../nodes/testing/insert-node.ts";
import { getOverview } from "./get-overview.ts";
import { getOverviewSeries } from "./get-overview-series.ts";
import { overviewSchema, overviewSeriesSchema } from "./schema.ts";

const at = new Date("2026-11-23T12:00:40.000Z");
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);

async function aNetwork() {
  const db = await testDatabase();
  await makeRoom(db);
  await insertWorker(db, { at });
  return Object.assign(db, { ctx: aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } }) });
}

describe("the overview of a network", () => {
  it("adds up what its nodes do and hold", async () => {
    await using db = await aNetwork();
    const [one, two, gone] = [
      await insertNode(db, {
        reported: { "host.name": "fsn1-s01", "cloud.region": "eu-central" },
        activeAt: ago(1),
      }),
      await insertNode(db, {
        reported: { "host.name": "fsn1-s02", "cloud.region": "eu-central" },
        activeAt: ago(2),
      }),
      await insertNode(db, {
        reported: { "host.name": "ash1-s01", "cloud.region": "us-east" },
        reportedAt: ago(900),
      }),
    ];
    for (const node of [one, two]) {
      await insertRollup(db, node, {
        at: ago(5),
        in: ["1s", "1m"],
        requests: [
          { operation: 1, count: 80 },
          { operation: 0, count: 20 },
        ],
      });
      await insertReading(db, node, { at, gauges: { stored_bytes: 2e12, disk_total_bytes: 4e12 } });
    }
    const overview = overviewSchema.parse(await getOverview(db.ctx, { network: "mainnet" }));
    expect(overview.nodes).toMatchObject({ total: 3, heard: 2, heardAt: ago(1).toISOString() });
    expect(overview.operations).toMatchObject({
      perSecond: 20,
      byType: [
        { operation: "put", perSecond: 4 },
        { operation: "get", perSecond: 16 },
        { operation: "delete", perSecond: 0 },
        { operation: "compute", perSecond: 0 },
      ],
      provenPerSecond: 50_000,
      failureRatio: 0,
    });
    expect(overview.stored).toMatchObject({ bytes: 4e12, capacityBytes: 8e12, reportingNodes: 2 });
    expect(overview.sites.map(({ site, opsPerSecond, nodes }) => [site, opsPerSecond, nodes.length])).toEqual(
      [
        ["fsn1", 20, 2],
        ["ash1", null, 1],
      ],
    );
    expect(overview.attention).toEqual([
      expect.objectContaining({
        title: "Node silent",
        subject: { kind: "node", key: gone.key, name: "ash1-s01" },
      }),
    ]);
    expect(overview.ingest.map(({ topic }) => topic)).toEqual(["ddc.activity", "otlp_metrics"]);
    expect(overview.economics.state).toBe("absent");
  });

  it("says what it does not know instead of 0", async () => {
    await using db = await aNetwork();
    const overview = overviewSchema.parse(await getOverview(db.ctx, { network: "mainnet" }));
    expect(overview.operations).toMatchObject({ perSecond: null, byType: [], failureRatio: null });
    expect(overview.latency).toMatchObject({ p50Ms: null, p99Ms: null });
    expect(overview.stored).toMatchObject({ bytes: null, capacityBytes: null, fullInDays: null });
    expect(readSpark(overview.operations.spark).every((value) => value === null)).toBe(true);
  });

  it("shows what ingest reads of each topic", async () => {
    await using db = await aNetwork();
    for (let second = 1; second <= 600; second++)
      await db.sql("INSERT INTO ingest_rate VALUES ('activity', 'ddc.activity', $1, 200, $2, 0)", [
        ago(second),
        second === 15 ? 7 : 0,
      ]);
    const { ingest, attention } = await getOverview(db.ctx, { network: "mainnet" });
    expect(readSpark(ingest[0]?.spark ?? "").filter((rate) => rate === 200).length).toBeGreaterThan(57);
    expect(readSpark(ingest[1]?.spark ?? "")).toEqual([]);
    expect(attention.map(({ detail }) => detail)).toContain(
      "7 records of ddc.activity could not be read in 10 min.",
    );
  });

  it("foretells when all disks together are full", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { reportedAt: ago(1) });
    for (let day = 0; day <= 30; day++)
      await insertReading(db, node, {
        at: new Date(at.getTime() - day * 86_400_000),
        gauges: { disk_used_bytes: (60 - day * 0.5) * 1e12, disk_total_bytes: 70e12 },
        in: ["1d"],
      });
    const { stored } = await getOverview(db.ctx, { network: "mainnet" });
    expect(stored.forecast).toBe("Full in 20 days");
    expect(readSpark(stored.spark)).toHaveLength(31);
  });
});

describe("the overview over time", () => {
  it("draws requests by type, latency of all, and what happened meanwhile", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { activeAt: ago(1), reported: { "service.version": "1.14.2" } });
    await insertRollup(db, node, { at: ago(1_200), requests: [{ operation: 0, count: 120, latencyMs: 50 }] });
    await db.sql(
      `UPDATE ddc_node SET reported = '{"service.version": "1.15.0"}', reported_at = $1 WHERE id = $2`,
      [ago(600), node.id],
    );
    await insertNode(db, { activeAt: ago(700), reported: { "host.name": "gone" } });
    const series = overviewSeriesSchema.parse(
      await getOverviewSeries(db.ctx, { network: "mainnet", from: "now-1h", to: "now" }),
    );
    const puts = series.operations.find(({ name }) => name === "put")?.values ?? [];
    expect(puts.filter((value) => value !== null)).toEqual([2]);
    expect(
      series.latency.find(({ name }) => name === "p99")?.values.filter((value) => value !== null)[0],
    ).toBeCloseTo(50, -1);
    expect(series.marks).toEqual([
      { at: ago(700).toISOString(), severity: "warn", text: "gone silent" },
      { at: ago(600).toISOString(), severity: "info", text: "1.15.0 installed on 1 node" },
    ]);
  });
});
