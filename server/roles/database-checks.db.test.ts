import { expect, it } from "vitest";
import { openDatabase } from "../adapters/postgres/database.ts";
import { testDatabase } from "../testing/database.ts";
import { databaseChecks } from "./database-checks.ts";

it("is well when PostgreSQL answers and has every migration", async () => {
  await using db = await testDatabase();
  expect(await statesOf(db)).toEqual([
    ["database", "ok", null],
    ["migrations", "ok", null],
  ]);
});

it("names the migrations that are missing and how to apply them", async () => {
  await using db = await testDatabase();
  await db.sql("DELETE FROM _prisma_migrations WHERE migration_name = '20261123000000_base'");
  expect(await statesOf(db)).toContainEqual([
    "migrations",
    "down",
    "Not applied: 20261123000000_base. Run npm run db:migrate.",
  ]);
});

it("fails in words when nothing answers", async () => {
  await using db = openDatabase({
    connectionString: "postgres://nobody@127.0.0.1:1/none",
    maxConnections: 1,
    applicationName: "console-test",
  });
  const [database] = databaseChecks(db);
  await expect(database?.check()).rejects.toThrow(/PostgreSQL did not answer as expected|took longer than/);
});

async function statesOf(db: Parameters<typeof databaseChecks>[0]) {
  return Promise.all(
    databaseChecks(db).map(async ({ part, check }) => {
      const { state, reason } = await check();
      return [part, state, reason];
    }),
  );
}
