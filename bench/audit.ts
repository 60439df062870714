import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { openDatabase } from "../server/adapters/postgres/database.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import { verifyChain } from "../server/features/audit/verify-chain.ts";
import { systemClock } from "../server/kernel/clock.ts";
import { copyEntries, sealAll } from "./audit/fill.ts";
import { writeConcurrently } from "./audit/write.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:audit`: 200 writers record actions, each in a transaction of its own with a change beside it, while the
 * sealer chains them; then a walk along the chain of a million entries. Ends with one line of JSON.
 */
const writers = Number(process.env.BENCH_WRITERS ?? 200);
const seconds = Number(process.env.BENCH_SECONDS ?? 15);
const entries = Number(process.env.BENCH_ENTRIES ?? 1_000_000);
const root = join(import.meta.dirname, "..");
const say = (line: string) => console.log(line);

await using stack = new AsyncDisposableStack();
const directory = await mkdtemp(join(tmpdir(), "console-bench-audit-"));
stack.defer(() => rm(directory, { recursive: true, force: true }));
const postgres = await startPostgres({ directory: join(directory, "postgres"), preferredPort: 0 });
stack.defer(() => postgres.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const db = openDatabase({
  connectionString: postgres.socketUrl,
  maxConnections: 12,
  applicationName: "bench-audit",
});
stack.use(db);

const written = await writeConcurrently({ db, writers, seconds });
say(
  `${written.actions} actions of ${writers} writers in ${seconds} s, write p99 ${written.msP99} ms, sealed after at most ${written.sealedAfterMsMax} ms`,
);
const live = await verifyChain(db.sql);
if (live.kind !== "sound" || live.links !== written.actions) throw new Error(JSON.stringify(live));

await copyEntries(db, entries - written.actions);
const sealing = await sealAll({ db, clock: systemClock });
say(`${sealing.sealed} entries more were sealed at ${sealing.perSecond} a second`);
const startedAt = performance.now();
const before = process.memoryUsage().rss;
let highest = before;
const whole = await verifyChain(db.sql, {
  onProgress: () => {
    highest = Math.max(highest, process.memoryUsage().rss);
  },
});
const verifySeconds = (performance.now() - startedAt) / 1_000;
if (whole.kind !== "sound" || whole.links !== Math.max(entries, written.actions))
  throw new Error(JSON.stringify(whole));
say(
  `${whole.links} links verified in ${verifySeconds.toFixed(1)} s, memory grew by ${Math.round((highest - before) / 1_048_576)} MB`,
);
report("audit", {
  actionsPerSecond: Math.round(written.actions / seconds),
  verifyRowsPerSecond: Math.round(whole.links / verifySeconds),
});
