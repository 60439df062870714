import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { inject } from "vitest";
import { type OpenDatabase, openDatabase } from "../adapters/postgres/database.ts";
import { migrate } from "../adapters/postgres/migrate.ts";

export type TestDatabase = OpenDatabase & { url: string };

const migrations = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
const templateLock = 72_707_370;

/**
 * A console database of its own for a test: a clone of a template that has all migrations, in about 0.1 s. Dropped
 * when disposed of: `await using db = await testDatabase()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("databaseUrl");
  const name = `console_test_${randomUUID().replaceAll("-", "")}`;
  const template = await ensureTemplate(server);
  await onServer(server, (client) =>
    client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY FILE_COPY`),
  );
  return openTestDatabase(server, name);
}

/** As `testDatabase`, without any table in it. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const server = inject("databaseUrl");
  const name = `console_test_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE template0`));
  return openTestDatabase(server, name);
}

function openTestDatabase(server: string, name: string): TestDatabase {
  const url = urlOf(server, name);
  const database = openDatabase({
    connectionString: url,
    maxConnections: 10,
    applicationName: "console-test",
  });
  const close = async () => {
    await database.close();
    await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  };
  return { ...database, url, close, [Symbol.asyncDispose]: close };
}

const templates = new Map<string, Promise<string>>();

function ensureTemplate(server: string): Promise<string> {
  const known = templates.get(server) ?? createTemplate(server);
  templates.set(server, known);
  return known;
}

/** Its name carries a hash of all migrations, so it is made anew when one changes. Of many that ask at once, one makes it. */
async function createTemplate(server: string): Promise<string> {
  const template = `console_template_${await hashOfMigrations()}`;
  const unfinished = `${template}_unfinished`;
  await onServer(server, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [templateLock]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS "${unfinished}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${unfinished}" TEMPLATE template0`);
    await migrate(urlOf(server, unfinished), migrations);
    await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${template}"`);
  });
  return template;
}

async function hashOfMigrations(): Promise<string> {
  const entries = await readdir(migrations, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const hash = createHash("sha256");
  for (const name of names.sort())
    hash.update(name).update(await readFile(join(migrations, name, "migration.sql")));
  return hash.digest("hex").slice(0, 16);
}

async function onServer<Result>(server: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
