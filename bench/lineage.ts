import { join } from "node:path";
import { Client } from "pg";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { claimDirectory } from "../localnet/processes/directory-claim.ts";
import { openDatabase } from "../server/adapters/postgres/database.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import { getGraph } from "../server/features/lineage/get-graph.ts";
import { graphInput } from "../server/features/lineage/schema.ts";
import { systemClock } from "../server/kernel/clock.ts";
import { edgeCount, fillGraph, sampleRoots } from "./lineage/fill-graph.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:lineage`: a million edges between 300,000 things over thirty days, hubs among them; the whole answer of
 * a page (walk, edges, names, hidden counts) ten steps deep in both directions, now and as of yesterday.
 */
const root = join(import.meta.dirname, "..");
const directory = process.env.BENCH_DIRECTORY ?? join(root, ".local/bench/lineage");
const warmUps = 20;
const say = (line: string) => console.log(line);

await using stack = new AsyncDisposableStack();
const claim = claimDirectory(directory);
if (claim.kind === "taken")
  throw new Error(`Process ${claim.pid} is using ${directory}. Wait for it to end.`);
stack.defer(() => claim.release());
const postgres = await startPostgres({ directory, preferredPort: 0, settings: { shared_buffers: "512MB" } });
stack.defer(() => postgres.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const client = new Client({ connectionString: postgres.socketUrl });
await client.connect();
stack.defer(() => client.end());
if ((await edgeCount(client)) < 1_000_000) await fillGraph(client, say);
const edges = await edgeCount(client);
say(`${edges} edges`);

const db = openDatabase({
  connectionString: postgres.socketUrl,
  maxConnections: 4,
  applicationName: "bench",
});
stack.defer(() => db.close());
const roots = await sampleRoots(client, 220);
const now = await measure(null);
const asOf = await measure("now-1d");
report("lineage", { depth10MsP95: now.p95, asOfMsP95: asOf.p95, edges });

async function measure(moment: string | null): Promise<{ p95: number }> {
  const times: number[] = [];
  let drawn = 0;
  for (const [index, key] of roots.entries()) {
    const input = graphInput.parse({ network: "mainnet", root: `dataset:${key}`, depth: 10, asOf: moment });
    const startedAt = performance.now();
    const graph = await getGraph({ db, clock: systemClock }, input);
    if (index < warmUps) continue;
    times.push(performance.now() - startedAt);
    drawn = Math.max(drawn, graph.nodes.length);
  }
  times.sort((a, b) => a - b);
  const at = (q: number) => Math.round((times[Math.floor(q * (times.length - 1))] ?? Number.NaN) * 10) / 10;
  say(
    `as of ${moment ?? "now"}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms; at most ${drawn} nodes`,
  );
  return { p95: at(0.95) };
}
