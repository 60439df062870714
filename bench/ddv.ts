import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { claimDirectory } from "../localnet/processes/directory-claim.ts";
import { openDatabase } from "../server/adapters/postgres/database.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import { countCost } from "./ddv/count-cost.ts";
import { fill } from "./ddv/fill.ts";
import { measureExport } from "./ddv/measure-export.ts";
import { measurePages } from "./ddv/measure-pages.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:ddv`: 50,000,000 rows of activity over 5,000,000 CIDs in 20,000 buckets; server times of the pages of
 * data, an export, and what counting records into the inventory costs. BENCH_ROWS makes it smaller; CIDs are a tenth.
 */
const rows = Number(process.env.BENCH_ROWS ?? 50_000_000);
const root = join(import.meta.dirname, "..");
const directory = process.env.BENCH_DIRECTORY ?? join(root, ".local/bench/ddv");
const say = (line: string) => console.log(line);

await using stack = new AsyncDisposableStack();
const claim = claimDirectory(directory);
if (claim.kind === "taken")
  throw new Error(`Process ${claim.pid} is using ${directory}. Wait for it to end.`);
stack.defer(() => claim.release());
stack.defer(() => rm(directory, { recursive: true, force: true }));
// What a crash would lose is made again.
const postgres = await startPostgres({
  directory,
  preferredPort: 0,
  settings: { shared_buffers: "1GB", fsync: "off", full_page_writes: "off", maintenance_work_mem: "512MB" },
});
stack.defer(() => postgres.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const client = new Client({ connectionString: postgres.socketUrl });
await client.connect();
stack.defer(() => client.end());
const plan = { rows, cids: Math.floor(rows / 10), buckets: 20_000, nodes: 64, clients: 1_000, days: 7 };
await fill(client, plan, say);

const db = openDatabase({
  connectionString: postgres.socketUrl,
  maxConnections: 10,
  applicationName: "bench-ddv",
});
stack.defer(() => db.close());
const pages = await measurePages(db, plan, say);
const exported = await measureExport(db, say);
await countCost(db, plan, say);
report("ddv", { ...pages, ...exported });
