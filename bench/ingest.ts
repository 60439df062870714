import { type ChildProcess, fork, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { startKafka, userCacheDirectory } from "../localnet/kafka/start-kafka.ts";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { findFreePort } from "../localnet/processes/free-port.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import type { LoadAnswer, LoadRequest } from "./ingest/load.ts";
import { cpuOfTree, findProcess, usageOf } from "./ingest/processes.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:ingest`: a backlog of activity from a real broker into PostgreSQL, rollups and indexes on, the web role
 * running beside; then a generator beside it, and how long a record takes from its own time to being visible.
 */
const records = Number(process.env.BENCH_RECORDS ?? 3_000_000);
const liveSeconds = Number(process.env.BENCH_LIVE_SECONDS ?? 30);
const liveRate = Number(process.env.BENCH_LIVE_RATE ?? 10_000);
/** A folder for a CPU profile of the ingest role, to open in a browser's developer tools. */
const profileTo = process.env.BENCH_CPU_PROFILE;
const topic = "bench.activity";
const partitions = 16;
/** The backlog is what a network at 50,000 records a second writes in a minute. */
const spanMs = (records / 50_000) * 1000;
const root = join(import.meta.dirname, "..");

const directory = await mkdtemp(join(tmpdir(), "console-bench-ingest-"));
await using stack = new AsyncDisposableStack();
stack.defer(() => rm(directory, { recursive: true, force: true }));

console.log("Starting PostgreSQL and Kafka …");
const postgres = await startPostgres({
  directory: join(directory, "postgres"),
  preferredPort: 0,
  // When each row became visible is read back from its commit.
  settings: {
    shared_buffers: "512MB",
    track_commit_timestamp: "on",
    shared_preload_libraries: "pg_stat_statements",
  },
});
stack.defer(() => postgres.stop());
const kafka = await startKafka({
  directory: join(directory, "kafka"),
  cacheDirectory: userCacheDirectory(process.env),
  preferredPort: 0,
  say: (line) => console.log(line),
});
stack.defer(() => kafka.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const client = new Client({ connectionString: postgres.socketUrl });
await client.connect();
stack.defer(() => client.end());
await client.query("CREATE EXTENSION pg_stat_statements");

const secret = randomBytes(24).toString("hex");
const load = fork(
  join(import.meta.dirname, "ingest/load.ts"),
  [JSON.stringify({ brokers: kafka.brokers, topic, partitions })],
  { execArgv: ["--disable-warning=TimeoutNegativeWarning"] },
);
stack.defer(() => stopChild(load));
await answerOf<{ kind: "ready" }>();
const writing = Date.now();
const backlog = await ask({ kind: "backlog", records, spanMs });
console.log(
  `${backlog.records} records of ${backlog.meanValueBytes} bytes (with key and headers) in ${partitions} partitions, written in ${seconds(Date.now() - writing)} s`,
);

if (existsSync(join(root, ".next/BUILD_ID"))) {
  const web = await startRole("web");
  stack.defer(() => stopChild(web));
  console.log("The web role is running");
} else console.log("The web role is not built (npm run build): measured without it");

const ingest = await startRole("ingest");
stack.defer(() => stopChild(ingest));
const drain = await drained(ingest);
console.log(
  `drained in ${seconds(drain.ms)} s: ${drain.recordsPerSecond} records/s; ingest held at most ${drain.rssMb} MB`,
);
for (const [part, us] of Object.entries(drain.cpuUsPerRecord))
  console.log(`  ${part.padEnd(12)} ${us.toFixed(2)} µs CPU a record`);
await printPhases();
await requireEqual(backlog);

const freshness = await measureFreshness();
console.log(
  `at ${liveRate} records/s beside it: record time to visible p50 ${freshness.p50} ms, p95 ${freshness.p95} ms, p99 ${freshness.p99} ms, worst ${freshness.worst} ms (${freshness.rows} records)`,
);
report("ingest", {
  recordsPerSecond: drain.recordsPerSecond,
  rssMb: Math.max(drain.rssMb, freshness.rssMb),
  freshnessMsP99: freshness.p99,
});

type Drain = {
  ms: number;
  recordsPerSecond: number;
  rssMb: number;
  cpuUsPerRecord: Record<string, number>;
};

/** From taking the partitions over to the last commit; CPU of all parts in that time. */
async function drained(ingest: ChildProcess): Promise<Drain> {
  const parts = {
    ingest: ingest.pid ?? 0,
    postgres: await postmaster(),
    kafka: (await findProcess(directory, "kafka.Kafka")) ?? 0,
  };
  while ((await stored()) === null) await pauseWith(ingest, 5);
  const startedAt = Date.now();
  const before = await cpuOf(parts);
  while (((await stored()) ?? 0) < records) await pauseWith(ingest, 100);
  const ms = Date.now() - startedAt;
  const after = await cpuOf(parts);
  const used = Object.keys(parts).map((part) => [
    part,
    ((after[part] ?? 0) - (before[part] ?? 0)) * (1000 / records),
  ]);
  const usage = await usageOf(parts.ingest);
  return {
    ms,
    recordsPerSecond: Math.round(records / (ms / 1000)),
    rssMb: Math.round(usage?.peakRssMb ?? 0),
    cpuUsPerRecord: Object.fromEntries(used),
  };
}

async function pauseWith(child: ChildProcess, ms: number): Promise<void> {
  if (hasEnded(child)) throw new Error(`The ingest process ended: ${endOf(child)}.`);
  await pause(ms);
}

/** The server's own note of who it is: on a busy machine there are several. */
async function postmaster(): Promise<number> {
  return Number.parseInt(await readFile(join(postgres.directory, "data/postmaster.pid"), "utf8"), 10);
}

/** Records that are through; null while ingest has not begun. */
async function stored(): Promise<number | null> {
  const { rows } = await client.query<{ next: string | null }>(
    "SELECT sum(next_offset) AS next FROM ingest_offset WHERE topic = $1",
    [topic],
  );
  return rows[0]?.next == null ? null : Number(rows[0].next);
}

async function cpuOf(parts: Record<string, number>): Promise<Record<string, number>> {
  const used = await Promise.all(
    Object.entries(parts).map(async ([part, pid]) => [part, await cpuOfTree(pid)] as const),
  );
  return Object.fromEntries(used);
}

/** Where the database spends its time, by statement. */
async function printPhases(): Promise<void> {
  const { rows } = await client.query<{ query: string; calls: string; us: string }>(
    `SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 60) AS query, calls, total_exec_time * 1000 / $1 AS us
     FROM pg_stat_statements WHERE query !~ 'pg_stat' ORDER BY total_exec_time DESC LIMIT 12`,
    [records],
  );
  for (const { query, calls, us } of rows)
    console.log(`  ${Number(us).toFixed(2).padStart(6)} µs a record in ${calls} × ${query}`);
}

/** What was written is what is there: rows, rollups of every grain, bytes. */
async function requireEqual(expected: LoadAnswer): Promise<void> {
  const { rows } = await client.query<{ source: string; records: string }>(
    `SELECT 'activity' AS source, count(*) AS records FROM activity
     UNION ALL SELECT 'rollup_1s/' || scope, sum(requests) FROM rollup_1s GROUP BY scope
     UNION ALL SELECT 'rollup_1m/' || scope, sum(requests) FROM rollup_1m GROUP BY scope
     UNION ALL SELECT 'rollup_1h/' || scope, sum(requests) FROM rollup_1h GROUP BY scope
     UNION ALL SELECT 'rollup_1d/' || scope, sum(requests) FROM rollup_1d GROUP BY scope`,
  );
  const wrong = rows.filter((row) => Number(row.records) !== expected.records);
  if (wrong.length > 0)
    throw new Error(`Expected ${expected.records} everywhere, found ${JSON.stringify(wrong)}`);
  console.log(`rows and ${rows.length - 1} sums of rollups equal what was written`);
}

type Freshness = { p50: number; p95: number; p99: number; worst: number; rows: number; rssMb: number };

async function measureFreshness(): Promise<Freshness> {
  const from = new Date();
  await ask({ kind: "live", recordsPerSecond: liveRate, ms: liveSeconds * 1000 });
  await pause(3_000);
  // The first two seconds are the generator's own start.
  const { rows } = await client.query<{ p50: number; p95: number; p99: number; worst: number; rows: string }>(
    `SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)) AS p50, round(percentile_cont(0.95) WITHIN GROUP (ORDER BY ms)) AS p95,
       round(percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)) AS p99, round(max(ms)) AS worst, count(*) AS rows
     FROM (SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - at) * 1000 AS ms FROM activity WHERE at >= $1) AS seen`,
    [new Date(from.getTime() + 2_000)],
  );
  const [figures] = rows;
  if (!figures) throw new Error("Nothing was seen.");
  const usage = await usageOf(ingest.pid ?? 0);
  return { ...figures, rows: Number(figures.rows), rssMb: Math.round(usage?.peakRssMb ?? 0) };
}

async function startRole(role: "web" | "ingest"): Promise<ChildProcess> {
  const port = await findFreePort(3_950);
  const profile = role === "ingest" && profileTo ? ["--cpu-prof", `--cpu-prof-dir=${profileTo}`] : [];
  const child = spawn(process.execPath, [...profile, join(root, "server/main.ts"), `--roles=${role}`], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: postgres.socketUrl,
      KAFKA_BROKERS: kafka.brokers.join(","),
      KAFKA_ACTIVITY_TOPICS: `mainnet:${topic}`,
      AUTH_SECRET: secret,
      HOST: "127.0.0.1",
      PORT: String(port),
      BASE_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  for (let attempt = 0; attempt < 600 && !hasEnded(child); attempt++) {
    const isUp = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return child;
    await pause(50);
  }
  throw new Error(`The ${role} role did not start.`);
}

async function ask(request: LoadRequest): Promise<LoadAnswer> {
  const answer = answerOf<LoadAnswer>();
  load.send(request);
  return answer;
}

/** What the load process says next. One that died says nothing more. */
async function answerOf<Answer>(): Promise<Answer> {
  const answer = Promise.withResolvers<Answer>();
  const ended = () => answer.reject(new Error(`The load process ended: ${endOf(load)}.`));
  load.once("message", answer.resolve);
  load.once("exit", ended);
  if (hasEnded(load)) ended();
  try {
    return await answer.promise;
  } finally {
    load.off("message", answer.resolve);
    load.off("exit", ended);
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function endOf({ exitCode, signalCode }: ChildProcess): string {
  return signalCode ? `signal ${signalCode}` : `code ${exitCode}`;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
