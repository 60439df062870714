import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { claimDirectory } from "../localnet/processes/directory-claim.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import { insertSessions } from "./live/fixture.ts";
import { filledUntil, fillHistory, topUp } from "./nodes/fill.ts";
import { keepLive } from "./nodes/keep-live.ts";
import { measureCalls } from "./nodes/measure-calls.ts";
import { measureFrames } from "./nodes/measure-frames.ts";
import { startWeb } from "./nodes/start-web.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:nodes`: a thousand nodes with thirty days of one-minute rollups, kept under .local/bench so that the next
 * run is quick; server times of the list and of a node's page; frame times of the list in Chromium.
 */
const root = join(import.meta.dirname, "..");
const directory = process.env.BENCH_DIRECTORY ?? join(root, ".local/bench/nodes");
const oldestUsableMs = 36 * 3_600_000;
const run = promisify(execFile);
const say = (line: string) => console.log(line);
const dropEverything = `DO $$ DECLARE schema name; BEGIN
  FOR schema IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', schema);
  END LOOP;
  CREATE SCHEMA public;
END $$`;

await using stack = new AsyncDisposableStack();
const claim = claimDirectory(directory);
if (claim.kind === "taken")
  throw new Error(`Process ${claim.pid} is using ${directory}. Wait for it to end.`);
stack.defer(() => claim.release());

await prepare();
if (process.env.BENCH_PREPARE) process.exit();
if (!existsSync(join(root, ".next/BUILD_ID"))) await run("npm", ["run", "build"], { cwd: root });
const postgres = await startPostgres({ directory, preferredPort: 0, settings: { shared_buffers: "1GB" } });
stack.defer(() => postgres.stop());
const client = new Client({ connectionString: postgres.socketUrl });
await client.connect();
stack.defer(() => client.end());

const secret = randomBytes(24).toString("hex");
const [cookie = ""] = await insertSessions(client, 1, secret);
const web = await startWeb({ databaseUrl: postgres.socketUrl, secret, root });
stack.defer(() => web.stop());
const live = await keepLive(postgres.socketUrl);
stack.use(live);

const calls = await measureCalls({ client, baseUrl: web.url, cookie, say });
const frames = await measureFrames({ baseUrl: web.url, cookie, path: "/mainnet/nodes", seconds: 20, say });
say(`live rows were written ${live.seconds()} times meanwhile`);
report("nodes", { ...calls, ...frames });

/** Without waiting for the disk while the history is made: what a crash would lose is made again. */
async function prepare(): Promise<void> {
  const settings = {
    shared_buffers: "1GB",
    fsync: "off",
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "1GB",
    full_page_writes: "off",
  };
  const server = await startPostgres({ directory, preferredPort: 0, settings });
  try {
    await migrate(server.url, join(root, "prisma/migrations"));
    const filling = new Client({ connectionString: server.url });
    await filling.connect();
    try {
      const until = await filledUntil(filling);
      const now = new Date();
      if (until === null || now.getTime() - until.getTime() > oldestUsableMs) {
        say("Filling the history of a thousand nodes. This happens once.");
        await filling.query(dropEverything);
        await migrate(server.url, join(root, "prisma/migrations"));
        await fillHistory(server.url, now, say);
      } else {
        say(`History until ${until.toISOString()} is there.`);
        await topUp(filling, until, now);
      }
      await filling.query("VACUUM (ANALYZE) ddc_node");
      const { rows } = await filling.query<{ size: string }>(
        "SELECT pg_size_pretty(pg_database_size(current_database())) AS size",
      );
      say(`The database holds ${rows[0]?.size}.`);
    } finally {
      await filling.end();
    }
  } finally {
    await server.stop();
  }
}
