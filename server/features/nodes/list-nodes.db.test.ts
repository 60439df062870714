import { describe, expect, it } from "vitest";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { forgetWhatChanged } from "./forget-what-changed.ts";
import { listKnownIdentities } from "./known-identities.ts";
import { largeNetwork } from "./large-network.ts";
import { listLivePoints } from "./list-live-points.ts";
import { listNodes } from "./list-nodes.ts";
import { readSpark } from "./list-rules.ts";
import { type LivePoint, listNodesInput } from "./schema.ts";
import {
  insertNode,
  insertProbe,
  insertReading,
  insertRollup,
  insertWorker,
  makeRoom,
  testSelf,
} from "./testing/insert-node.ts";

const at = new Date("2026-11-23T12:00:40.000Z");
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);
const input = (changes: object = {}) => listNodesInput.parse({ network: "mainnet", ...changes });

async function aNetwork() {
  const db = await testDatabase();
  await makeRoom(db);
  await insertWorker(db, { at });
  return Object.assign(db, { ctx: aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } }) });
}

describe("the list of nodes", () => {
  it("shows what is registered, reported and measured of each node in one row", async () => {
    await using db = await aNetwork();
    const clusterId = `0x${"ab".repeat(20)}`;
    const node = await insertNode(db, { provider: "6R1", clusterId, reportedAt: ago(2), activeAt: ago(1) });
    await insertReading(db, node, {
      at: ago(60),
      gauges: { cpu: 0.2, stored_bytes: 5e12, disk_total_bytes: 1e13 },
    });
    await insertReading(db, node, {
      at,
      gauges: { cpu: 0.38, memory: 0.71, disk: 0.5, net_in_bps: 2e8, link_bps: 1e10 },
    });
    for (const second of [11, 8, 4])
      await insertRollup(db, node, {
        at: ago(second),
        in: ["1s", "1m"],
        requests: [{ count: 40, latencyMs: 20 }],
      });
    await insertRollup(db, node, { at: ago(300), requests: [{ count: 30, status: 3 }, { count: 870 }] });
    await insertProbe(db, node, { at: ago(4), latencyMs: 14.2 });

    const { rows, total, byStatus, totals } = await listNodes(db.ctx, input());

    expect(rows[0]).toMatchObject({
      key: node.key,
      name: "fsn1-s01",
      site: "fsn1",
      host: "s01.fsn1.example",
      provider: "6R1",
      clusterId,
      mode: "Storage",
      region: "eu-central",
      version: "1.14.2",
      opsPerSecond: 12,
      requests15m: 1_020,
      failureRatio: 0.02941,
      cpu: 0.38,
      memory: 0.71,
      disk: 0.5,
      netInBps: 2e8,
      netOutBps: null,
      linkBps: 1e10,
      storedBytes: 5e12,
      capacityBytes: 1e13,
      heardAt: ago(1).toISOString(),
      probe: { ok: true, latencyMs: 14.2, reason: null },
      status: { kind: "degraded", reason: "2.94 % of requests failed in 15 min, limit 1 %." },
    });
    expect(rows[0]?.p99Ms).toBeGreaterThan(19.6);
    expect(rows[0]?.p99Ms).toBeLessThan(20.4);
    expect({ total, byStatus }).toEqual({ total: 1, byStatus: [{ kind: "degraded", nodes: 1 }] });
    expect(totals).toEqual({ opsPerSecond: 12, storedBytes: 5e12, capacityBytes: 1e13 });
  });

  it("leaves a gap where a node was not heard and says 0 only of one that was", async () => {
    await using db = await aNetwork();
    const quiet = await insertNode(db, { reportedAt: ago(3) });
    const gone = await insertNode(db, { reportedAt: ago(900) });
    await insertRollup(db, quiet, { at: ago(600), requests: [{ count: 120 }] });
    const { rows } = await listNodes(db.ctx, input());
    const [of, lost] = [quiet, gone].map(({ key }) => rows.find((row) => row.key === key));
    expect([of?.opsPerSecond, lost?.opsPerSecond]).toEqual([0, null]);
    expect([of?.status.kind, lost?.status.kind]).toEqual(["online", "silent"]);
    expect([of?.cpu, of?.p99Ms, lost?.storedBytes]).toEqual([null, null, null]);
    const spark = readSpark(of?.spark ?? "");
    expect(spark).toHaveLength(60);
    expect(spark.filter((value) => value !== null)).toEqual([2]);
    expect(spark[50]).toBe(2);
  });

  it("does not call nodes silent when ingest stands still", async () => {
    await using db = await testDatabase();
    await makeRoom(db);
    await insertWorker(db, { at, state: "down", reason: "Kafka has not answered since 11:59:50." });
    await insertNode(db, { reportedAt: ago(90) });
    const { rows, stalled } = await listNodes(
      aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } }),
      input(),
    );
    expect(rows[0]?.status.kind).toBe("unknown");
    expect(rows[0]?.status.reason).toContain("Kafka has not answered since 11:59:50;");
    expect(stalled?.reason).toBe("Kafka has not answered since 11:59:50");
  });

  it("keeps networks apart", async () => {
    await using db = await aNetwork();
    await insertNode(db, { network: "testnet" });
    expect((await listNodes(db.ctx, input())).total).toBe(0);
    expect((await listNodes(db.ctx, input({ network: "testnet" }))).total).toBe(1);
  });

  it("sees records that arrive late and minutes that pass", async () => {
    await using db = await aNetwork();
    const clock = fakeClock(at);
    const ctx = aCtx({ db, clock, deps: { self: testSelf } });
    const node = await insertNode(db, { activeAt: ago(1) });
    const sparkNow = async () => readSpark((await listNodes(ctx, input())).rows[0]?.spark ?? "");
    expect((await sparkNow()).filter((value) => value !== null)).toEqual([]);
    await insertRollup(db, node, { at: ago(60), requests: [{ count: 60 }] });
    expect((await sparkNow()).at(-1)).toBe(1);
    await insertRollup(db, node, { at: ago(600), requests: [{ count: 600 }] });
    clock.advance(660_000);
    const later = await sparkNow();
    expect([later.at(-12), later.at(-21)]).toEqual([1, 10]);
  });
});

describe("while activity is not read", () => {
  it("no node's rate is known, in the list and in live points, however lately the node was heard", async () => {
    await using db = await testDatabase();
    await makeRoom(db);
    const ctx = aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } });
    const idle = await insertNode(db, { reportedAt: ago(1) });
    const busy = await insertNode(db, { activeAt: ago(5) });
    await insertRollup(db, busy, { at: ago(5), in: ["1s", "1m"], requests: [{ count: 100, status: 2 }] });
    const wanted = { network: "mainnet", nodeIds: "all", at } as const;
    const ratesOf = (points: readonly LivePoint[]) =>
      points.map(({ opsPerSecond, requests10s, failures10s }) => [opsPerSecond, requests10s, failures10s]);

    await insertWorker(db, { at, state: "down", reason: "Kafka has not answered since 12:00:30." });
    const unknown = [null, null, null];
    expect(ratesOf((await listNodes(ctx, input())).rows)).toEqual([unknown, unknown]);
    expect(ratesOf((await listLivePoints(ctx, wanted)).nodes)).toEqual([unknown, unknown]);

    await db.sql("UPDATE ingest_worker SET state = 'ok', reason = NULL, since = NULL");
    const { nodes } = await listLivePoints(ctx, wanted);
    expect(ratesOf(nodes.filter(({ key }) => key === idle.key))).toEqual([[0, 0, 0]]);
    expect(ratesOf(nodes.filter(({ key }) => key === busy.key))).toEqual([[10, 100, 100]]);
  });
});

describe("a large network", () => {
  it("is read once a second for everybody, and anew when a notice tells of a change", async () => {
    await using db = await aNetwork();
    const clock = fakeClock(at);
    const ctx = aCtx({ db, clock, deps: { self: testSelf } });
    const node = await insertNode(db, { activeAt: ago(1) });
    await db.sql(
      `INSERT INTO ddc_node (network, node_key, active_at)
       SELECT $1, '0x' || encode(sha256(n::text::bytea), 'hex'), $2 FROM generate_series(1, $3::int) AS n`,
      [node.networkId, ago(1), largeNetwork],
    );
    const opsNow = async () =>
      (await listNodes(ctx, input())).rows.find(({ key }) => key === node.key)?.opsPerSecond;
    const regionNow = async () =>
      (await listNodes(ctx, input())).rows.find(({ key }) => key === node.key)?.region;
    expect(await opsNow()).toBe(0);
    await insertRollup(db, node, { at: ago(5), in: ["1s", "1m"], requests: [{ count: 100 }] });
    expect(await opsNow()).toBe(0);
    clock.advance(1_000);
    expect(await opsNow(), "nobody waits for what is read now").toBe(0);
    await expect.poll(opsNow).toBe(10);

    await insertRollup(db, node, { at: ago(3), in: ["1s", "1m"], requests: [{ count: 50 }] });
    clock.advance(4_000);
    expect(await opsNow(), "what is older than three seconds is not shown").toBe(15);

    await db.sql(
      "UPDATE ddc_node SET reported = jsonb_set(reported, '{cloud.region}', '\"eu-north\"') WHERE id = $1",
      [node.id],
    );
    const notice = { network: node.networkId, ids: "all", at: at.getTime() } as const;
    forgetWhatChanged(db, { ...notice, topic: "nodes.activity" });
    expect(await regionNow()).toBe("eu-central");
    forgetWhatChanged(db, { ...notice, topic: "registry" });
    expect(await regionNow()).toBe("eu-north");
  });
});

describe("names of a large network", () => {
  it("are at most four seconds old, while every look knows when each node was heard", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { activeAt: ago(1), reportedAt: ago(2) });
    await db.sql(
      `INSERT INTO ddc_node (network, node_key)
       SELECT $1, '0x' || encode(sha256(n::text::bytea), 'hex') FROM generate_series(1, $2::int) AS n`,
      [node.networkId, largeNetwork],
    );
    const look = async (seconds: number) => {
      const then = new Date(at.getTime() + seconds * 1_000);
      const rows = await listKnownIdentities(db, node.networkId, then);
      const silent = rows.filter(({ activeAt, reportedAt }) => activeAt === null && reportedAt === null);
      expect(silent).toHaveLength(largeNetwork);
      return rows.find(({ id }) => id === node.id);
    };
    const before = await look(0);
    expect(before?.provider).not.toBe("moved");
    const heardAt = new Date(at.getTime() + 123);
    await db.sql("UPDATE ddc_node SET provider = 'moved', active_at = $2 WHERE id = $1", [node.id, heardAt]);
    expect(await look(1)).toEqual({ ...before, activeAt: heardAt });
    expect((await look(4))?.provider).toBe("moved");
  });
});

describe("live points", () => {
  it("carry the same figures as the list, for the nodes that are asked for", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { activeAt: ago(1) });
    const other = await insertNode(db, { activeAt: ago(1) });
    for (const { id, networkId } of [node, other])
      await insertRollup(
        db,
        { id, networkId },
        { at: ago(5), in: ["1s", "1m"], requests: [{ count: 100, status: 2 }] },
      );
    const { rows } = await listNodes(db.ctx, input());
    const { nodes } = await listLivePoints(db.ctx, { network: "mainnet", nodeIds: [node.id, 999_999], at });
    const row = rows.find(({ key }) => key === node.key);
    expect(nodes).toHaveLength(1);
    expect(row).toMatchObject(nodes[0] ?? {});
    expect(nodes[0]).toMatchObject({ opsPerSecond: 10, failureRatio: 1, requests10s: 100, failures10s: 100 });
    expect((await listLivePoints(db.ctx, { network: "mainnet", nodeIds: "all", at })).nodes).toHaveLength(2);
  });
});
