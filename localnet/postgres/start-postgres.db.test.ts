import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Client } from "pg";
import { expect, inject, it } from "vitest";
import { readLivePid } from "../processes/pid-file.ts";
import { commandOf } from "../processes/process-identity.ts";
import { startPostgres } from "./start-postgres.ts";

const directory = join(inject("scratchDirectory"), `starts-${randomUUID()}`);
const pidFile = join(directory, "postgres.pid");

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

it("starts, keeps what was committed over a crash, and leaves no process", async () => {
  const first = await startPostgres({ directory, preferredPort: 0 });
  const [settings] = await query(
    first.url,
    "SELECT current_setting('fsync') AS fsync, version() ~ 'PostgreSQL 18' AS is18",
  );
  expect(settings).toEqual({ fsync: "on", is18: true });
  await query(first.url, "CREATE TABLE kept AS SELECT 1 AS value");
  await first.kill();

  const second = await startPostgres({ directory, preferredPort: first.port });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
  // Also through its socket, whose file the crash left behind.
  expect(await query(second.socketUrl, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
  const pid = readLivePid(pidFile);
  await second.stop();
  expect(readLivePid(pidFile)).toBeNull();
  expect(commandOf(pid ?? 0)).toBeNull();
});

it("replaces a server that an earlier run left behind", async () => {
  const left = await startPostgres({ directory, preferredPort: 0 });
  const next = await startPostgres({ directory, preferredPort: 0 });
  await left.exited;
  expect(await query(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await next.stop();
});
