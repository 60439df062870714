import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { openDatabase } from "../server/adapters/postgres/database.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import { fillAlerts, insertOperators } from "./alerts/fill.ts";
import { measureEvaluation } from "./alerts/measure-evaluation.ts";
import { measureReview } from "./alerts/measure-review.ts";
import { measureFrames } from "./nodes/measure-frames.ts";
import { startWeb } from "./nodes/start-web.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:alerts`: 100,000 open alerts in the list, acknowledged over HTTP, and scrolled in Chromium; then 1,000
 * rules of a network's own over 1,000 nodes, round after round. Needs a build (`npm run build`).
 */
const open = Number(process.env.BENCH_ALERTS ?? 100_000);
const rules = Number(process.env.BENCH_RULES ?? 1_000);
const root = join(import.meta.dirname, "..");
const say = (line: string) => console.log(line);

await using stack = new AsyncDisposableStack();
const directory = await mkdtemp(join(tmpdir(), "console-bench-alerts-"));
stack.defer(() => rm(directory, { recursive: true, force: true }));
const postgres = await startPostgres({ directory: join(directory, "postgres"), preferredPort: 0 });
stack.defer(() => postgres.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const client = new Client({ connectionString: postgres.socketUrl });
await client.connect();
stack.defer(() => client.end());
const db = openDatabase({
  connectionString: postgres.socketUrl,
  maxConnections: 10,
  applicationName: "bench-alerts",
});
stack.use(db);

const evaluation = await measureEvaluation({ db, client, rules, nodes: 1_000, say });

const secret = randomBytes(24).toString("hex");
const [cookie = ""] = await insertOperators(client, secret);
await fillAlerts(client, open);
const web = await startWeb({ databaseUrl: postgres.socketUrl, secret, root });
stack.defer(() => web.stop());
const review = await measureReview({ client, baseUrl: web.url, cookie, say });
const frames = await measureFrames({ baseUrl: web.url, cookie, path: "/mainnet/alerts", seconds: 20, say });
report("alerts", { ...review, ...frames, ...evaluation });
