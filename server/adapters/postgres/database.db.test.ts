import { expect, it } from "vitest";
import { testDatabase } from "../../testing/database.ts";
import { openDatabase } from "./database.ts";

const isTimeout = { code: "timeout" };

it("lets a statement take as long as its caller says, also longer than the connection's own limit", async () => {
  await using fresh = await testDatabase();
  await using db = openDatabase({
    connectionString: fresh.url,
    maxConnections: 1,
    applicationName: "limits",
    statementTimeoutMs: 200,
  });
  const limit = async () => (await db.sql<{ statement_timeout: string }>("SHOW statement_timeout"))[0];
  await expect(db.sql("SELECT pg_sleep(0.5)")).rejects.toMatchObject(isTimeout);
  expect(await db.sql("SELECT 1 AS one, pg_sleep(0.5)", [], { timeoutMs: 5_000 })).toMatchObject([
    { one: 1 },
  ]);
  expect(await limit()).toEqual({ statement_timeout: "200ms" });
  await expect(db.sql("SELECT pg_sleep(2)", [], { timeoutMs: 300 })).rejects.toMatchObject(isTimeout);
  expect(await limit()).toEqual({ statement_timeout: "200ms" });
});
