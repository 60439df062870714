import { expect, it } from "vitest";
import { retentionSettingKey } from "../features/settings/retention-rules.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { maintainOnce } from "./maintain.ts";
import { listPartitions, openTimePartitions } from "./time-partitions.ts";

const clock = fakeClock("2026-11-23T12:00:00Z");
const daysAgo = (days: number) => clock.now().getTime() - days * 86_400_000;

async function names(db: TestDatabase, table: string): Promise<string[]> {
  const partitions = await listPartitions(db, table);
  return partitions.map(({ name }) => name).sort();
}

it("has partitions ready before their day comes", async () => {
  await using db = await testDatabase();
  await maintainOnce({ db, clock, log: silentLogger });
  expect(await names(db, "activity")).toEqual([
    "activity_20261123",
    "activity_20261124",
    "activity_20261125",
  ]);
  expect(await names(db, "rollup_1h")).toEqual(["rollup_1h_202611"]);
  expect(await names(db, "reading_1d")).toEqual(["reading_1d_2026"]);
});

it("drops each table's partitions when the last of their day is past its retention, and keeps days for good", async () => {
  await using db = await testDatabase();
  const times = (days: readonly number[]) => days.map(daysAgo);
  await openTimePartitions(db).ensure(
    new Map([
      ["activity", times([6, 7, 8, 9])],
      ["rollup_1s", times([1, 2, 3])],
      ["reading_1m", times([29, 31, 32])],
      ["rollup_1h", times([700, 800])],
      ["rollup_1d", times([4_000])],
    ]),
  );
  await maintainOnce({ db, clock, log: silentLogger });
  expect((await names(db, "activity")).slice(0, 2)).toEqual(["activity_20261116", "activity_20261117"]);
  expect((await names(db, "rollup_1s")).slice(0, 2)).toEqual(["rollup_1s_20261121", "rollup_1s_20261122"]);
  expect((await names(db, "reading_1m"))[0]).toBe("reading_1m_20261025");
  expect((await names(db, "rollup_1h"))[0]).toBe("rollup_1h_202412");
  expect((await names(db, "rollup_1d"))[0]).toBe("rollup_1d_2015");
});

it("follows the setting", async () => {
  await using db = await testDatabase();
  await db.sql("INSERT INTO setting (key, value, updated_by) VALUES ($1, $2, 'test')", [
    retentionSettingKey,
    JSON.stringify({ raw: 1, "1s": null }),
  ]);
  await openTimePartitions(db).ensure(
    new Map([
      ["activity", [daysAgo(1), daysAgo(3)]],
      ["rollup_1s", [daysAgo(300)]],
    ]),
  );
  await maintainOnce({ db, clock, log: silentLogger });
  expect((await names(db, "activity"))[0]).toBe("activity_20261122");
  expect((await names(db, "rollup_1s"))[0]).toBe("rollup_1s_20260127");
});

it("makes a partition once when many workers need it at the same time", async () => {
  await using db = await testDatabase();
  const times = new Map([["activity", [daysAgo(0)]]]);
  await Promise.all(Array.from({ length: 6 }, () => openTimePartitions(db).ensure(times)));
  expect(await names(db, "activity")).toEqual(["activity_20261123"]);
});
