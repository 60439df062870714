import { expect, it } from "vitest";
import { adminCtx } from "./a-ctx.ts";
import { emptyDatabase, testDatabase } from "./database.ts";

it("gives every test a database of its own with all tables", async () => {
  await using first = await testDatabase();
  await using second = await testDatabase();
  await first.sql("INSERT INTO ddc_cluster (network, cluster_id) VALUES (3, $1)", [`0x${"ab".repeat(20)}`]);
  expect(await first.sql("SELECT id FROM ddc_cluster")).toHaveLength(1);
  expect(await second.sql("SELECT id FROM ddc_cluster")).toHaveLength(0);
});

it("makes one template when many ask at once", async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => testDatabase()));
  try {
    expect(new Set(databases.map((database) => database.url)).size).toBe(4);
    const templates = await databases[0]?.sql(
      "SELECT 1 FROM pg_database WHERE datname LIKE 'console\\_template\\_%unfinished'",
    );
    expect(templates).toEqual([]);
  } finally {
    await Promise.all(databases.map((database) => database.close()));
  }
});

it("takes the database away when the test is over", async () => {
  const database = await testDatabase();
  const name = new URL(database.url).pathname.slice(1);
  await database.close();
  await using other = await testDatabase();
  expect(await other.sql("SELECT 1 FROM pg_database WHERE datname = $1", [name])).toEqual([]);
});

it("opens an empty database for tests of migrations", async () => {
  await using database = await emptyDatabase();
  expect(await database.sql("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
});

it("serves Prisma models through the same database", async () => {
  await using database = await testDatabase();
  const ctx = adminCtx(database);
  await ctx.db.prisma.setting.create({ data: { key: "a.b", value: 1, updatedBy: ctx.actor.id } });
  expect(await ctx.db.prisma.setting.count()).toBe(1);
});
