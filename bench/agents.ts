import { join } from "node:path";
import { Client } from "pg";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { claimDirectory } from "../localnet/processes/directory-claim.ts";
import { openDatabase } from "../server/adapters/postgres/database.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import { systemClock } from "../server/kernel/clock.ts";
import { fillRegistry } from "./agents/fill-registry.ts";
import { fillStatus } from "./agents/fill-status.ts";
import { measureAgent, measureList, measureSearch } from "./agents/measure-pages.ts";
import { versionCount } from "./agents/registry-plan.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:agents`: 50,000 agents with 500,000 versions, some of them with two thousand, 47,500 deployments and
 * 500 agents at work; the list, its search and an agent's page through verbs and schemas, from the call to the answer.
 */
const root = join(import.meta.dirname, "..");
const directory = process.env.BENCH_DIRECTORY ?? join(root, ".local/bench/agents");
const say = (line: string) => console.log(line);

await using stack = new AsyncDisposableStack();
const claim = claimDirectory(directory);
if (claim.kind === "taken")
  throw new Error(`Process ${claim.pid} is using ${directory}. Wait for it to end.`);
stack.defer(() => claim.release());
// What a crash would lose is made again.
const settings = { shared_buffers: "256MB", fsync: "off", full_page_writes: "off" };
const postgres = await startPostgres({ directory, preferredPort: 0, settings });
stack.defer(() => postgres.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const client = new Client({ connectionString: postgres.socketUrl });
await client.connect();
stack.defer(() => client.end());
if ((await versionsIn(client)) < versionCount) {
  say("Filling the registry. This happens once.");
  await fillRegistry(client, say);
}
await fillStatus(client);
const versions = await versionsIn(client);
say(`${versions} versions`);

const db = openDatabase({
  connectionString: postgres.socketUrl,
  maxConnections: 8,
  applicationName: "bench-agents",
});
stack.defer(() => db.close());
const ctx = { db, clock: systemClock };
report("agents", {
  listMsP95: await measureList(ctx, say),
  searchMsP95: await measureSearch(ctx, say),
  agentMsP95: await measureAgent(ctx, say),
  versions,
});

async function versionsIn(of: Client): Promise<number> {
  const { rows } = await of.query<{ n: number }>("SELECT count(*)::int AS n FROM agent_version");
  return rows[0]?.n ?? 0;
}
