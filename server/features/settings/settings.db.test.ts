import { describe, expect, it } from "vitest";
import { aCtx, adminCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { forgetOthers } from "../alertmanager/start-alertmanager.ts";
import { changeSetting } from "./change-setting.ts";
import { getRetention } from "./get-retention.ts";
import { listAlertSources } from "./list-alert-sources.ts";
import { listBindingHealth } from "./list-binding-health.ts";
import { listSourceHealth } from "./list-source-health.ts";
import { previewRetention } from "./preview-retention.ts";
import { setRetention } from "./set-retention.ts";

const at = new Date("2026-11-27T12:00:00.000Z");
const clock = fakeClock(at);

async function withPartitions() {
  const db = await testDatabase();
  for (const day of ["20", "21", "22", "26", "27"]) {
    const next = String(Number(day) + 1).padStart(2, "0");
    await db.sql(
      `CREATE TABLE activity_202611${day} PARTITION OF activity FOR VALUES FROM ('2026-11-${day}') TO ('2026-11-${next}')`,
    );
  }
  return Object.assign(db, { ctx: { ...adminCtx(db), clock } });
}

describe("a setting", () => {
  it("that many change at once loses no change, and tells of each what came before", async () => {
    await using db = await testDatabase();
    const count = (stored: unknown) => (typeof stored === "number" ? stored : 0);
    const wanted = {
      key: "test.count",
      action: "setting.update",
      subject: "setting:test.count",
      reason: null,
    };
    const add = () =>
      changeSetting(adminCtx(db), { ...wanted, read: count, change: (before: number) => before + 1 });
    await Promise.all(Array.from({ length: 40 }, add));
    expect(await db.prisma.setting.findMany()).toMatchObject([{ key: "test.count", value: 40 }]);
    const entries = await db.prisma.auditEntry.findMany({ orderBy: { id: "asc" } });
    const steps = entries
      .map(({ before, after }) => [Number(before), Number(after)])
      .sort(([a], [b]) => Number(a) - Number(b));
    expect(steps).toEqual(Array.from({ length: 40 }, (_, n) => [n, n + 1]));
  });

  it("is not recorded when its change is refused", async () => {
    await using db = await testDatabase();
    const refuse = () => {
      throw new Error("refused");
    };
    const wanted = {
      key: "test.count",
      action: "setting.update",
      subject: "setting:test.count",
      reason: null,
    };
    await expect(
      changeSetting(adminCtx(db), { ...wanted, read: (stored) => stored, change: refuse }),
    ).rejects.toThrow("refused");
    expect([await db.prisma.setting.count(), await db.prisma.auditEntry.count()]).toEqual([0, 0]);
  });
});

describe("retention", () => {
  it("names exactly the partitions that would be dropped", async () => {
    await using db = await withPartitions();
    const names = async (days: number | null) =>
      (await previewRetention(db.ctx, { kind: "raw", days })).partitions.map(({ name }) => name);
    expect(await names(null)).toEqual([]);
    expect(await names(7)).toEqual([]);
    expect(await names(5)).toEqual(["activity_20261120", "activity_20261121"]);
    expect(await names(1)).toEqual(["activity_20261120", "activity_20261121", "activity_20261122"]);
  });

  it("is changed with its reason, and is the default again when it is set back", async () => {
    await using db = await withPartitions();
    await setRetention(db.ctx, { kind: "raw", days: 30, drops: 0, reason: "An audit asks for it" });
    const raw = async () => (await getRetention(db.ctx)).kinds.find(({ kind }) => kind === "raw");
    expect(await raw()).toMatchObject({ days: 30, defaultDays: 7, partitions: 5 });
    await setRetention(db.ctx, { kind: "raw", days: 7, drops: 0, reason: "It is over" });
    expect(await raw()).toMatchObject({ days: 7 });
    const audit = await db.prisma.auditEntry.findMany({ orderBy: { id: "asc" } });
    expect(audit.map(({ before, after, reason }) => ({ before, after, reason }))).toEqual([
      { before: {}, after: { raw: 30 }, reason: "An audit asks for it" },
      { before: { raw: 30 }, after: {}, reason: "It is over" },
    ]);
  });

  it("never drops more than the person was told", async () => {
    await using db = await withPartitions();
    const shorter = { kind: "raw", days: 1, reason: "Disk" } as const;
    await expect(setRetention(db.ctx, { ...shorter, drops: 2 })).rejects.toMatchObject({ code: "conflict" });
    expect(await db.prisma.setting.count()).toBe(0);
    await setRetention(db.ctx, { ...shorter, drops: 3 });
    expect(await db.prisma.setting.count()).toBe(1);
  });
});

describe("alert sources", () => {
  const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);

  it("says of each Alertmanager that the person may know whether it is read and heard", async () => {
    await using db = await testDatabase();
    await db.sql(
      `INSERT INTO alertmanager_sync (network, host, asked_at, at, fault) VALUES
         (2, 'am:9093', $1, $1, NULL), (3, 'other:9093', $1, NULL, 'other:9093 answered 502.'), (2, 'gone:9093', $2, $2, NULL)`,
      [ago(5), ago(2 * 86_400)],
    );
    await db.sql("INSERT INTO alertmanager_heartbeat (network, at) VALUES (1, $1), (2, $2)", [
      ago(20),
      ago(600),
    ]);
    const { alertmanagers } = await listAlertSources(aCtx({ db, clock }));
    expect(alertmanagers).toEqual([
      expect.objectContaining({ network: "devnet", host: null, readAt: null, state: "ok" }),
      expect.objectContaining({ network: "testnet", host: "am:9093", state: "degraded" }),
      expect.objectContaining({ network: "mainnet", host: "other:9093", readAt: null, state: "down" }),
    ]);
    const own = await listAlertSources(aCtx({ db, clock, network: "testnet" }));
    expect(own.alertmanagers.map(({ network }) => network)).toEqual(["testnet"]);
  });

  it("forgets an Alertmanager that is configured no more", async () => {
    await using db = await testDatabase();
    await db.sql(
      `INSERT INTO alertmanager_sync (network, host, asked_at, at) VALUES
         (2, 'am:9093', $1, $1), (2, 'before:9093', $1, $1), (3, 'am:9093', $1, $1)`,
      [ago(5)],
    );
    await forgetOthers({ db }, [{ network: "testnet", url: new URL("http://am:9093") }]);
    const { alertmanagers } = await listAlertSources(aCtx({ db, clock }));
    expect(alertmanagers.map(({ network, host }) => [network, host])).toEqual([["testnet", "am:9093"]]);
  });

  it("is empty where none was ever heard of", async () => {
    await using db = await testDatabase();
    expect((await listAlertSources(aCtx({ db, clock }))).alertmanagers).toEqual([]);
  });
});

describe("sources", () => {
  it("tells of each topic what comes, what waits and what was rejected last", async () => {
    await using db = await testDatabase();
    const bindings = [{ binding: "activity", network: "mainnet", topic: "ddc.activity" }] as const;
    const self = {
      version: "0",
      commit: null,
      baseUrl: "http://console.test/",
      bindings,
      configuration: [],
      health: () => [],
    };
    await db.sql(
      `INSERT INTO ingest_offset (topic, partition, next_offset, high_watermark, updated_at)
       VALUES ('ddc.activity', 0, 90, 100, $1), ('ddc.activity', 1, 50, 50, $1)`,
      [at],
    );
    await db.sql(
      `INSERT INTO ingest_rate (binding, topic, at, records, dead_letters)
       VALUES ('activity', 'ddc.activity', $1::timestamptz - interval '5 minutes', 600, 2),
              ('activity', 'ddc.activity', $1::timestamptz - interval '30 hours', 1, 7)`,
      [at],
    );
    await db.sql(
      `INSERT INTO dead_letter (binding, topic, partition, kafka_offset, last_offset, reason, size_bytes, at)
       VALUES ('activity', 'ddc.activity', 1, 41, 41, 'No JSON', 3, $1)`,
      [at],
    );
    const ctx = aCtx({ db, clock, deps: { self } });
    const [activity] = (await listBindingHealth(ctx)).bindings;
    expect(activity).toMatchObject({
      topic: "ddc.activity",
      partitions: 2,
      deadLetters24h: 2,
      lastDeadLetter: { reason: "No JSON", record: "ddc.activity/1@41" },
      state: "down",
      storedAt: at.toISOString(),
    });
    expect(activity?.trend.filter((rate) => rate !== null)).toEqual([20]);
    const elsewhere = aCtx({ db, clock, network: "testnet", deps: { self } });
    expect((await listBindingHealth(elsewhere)).bindings).toEqual([]);
  });

  it("tells of indexers only on networks that the person may see", async () => {
    await using db = await testDatabase();
    await db.sql(
      `INSERT INTO registry_source (network, family, state, since, checked_at, identity, identity_reason)
       SELECT network, 'ddc', 'ok', $1, $1, 'proved', '' FROM generate_series(1, 3) AS network`,
      [at],
    );
    const { indexers } = await listSourceHealth(aCtx({ db, clock, network: "testnet" }));
    expect(indexers.map(({ network }) => network)).toEqual(["testnet"]);
  });
});
