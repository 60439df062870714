import { type ChildProcess, execFile, fork, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { findFreePort } from "../localnet/processes/free-port.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import type { FromClients, ToClients } from "./live/clients.ts";
import { insertNodes, insertSessions, openPartitions } from "./live/fixture.ts";
import { measure } from "./live/measure.ts";
import { writeNodes } from "./live/write-nodes.ts";
import { report } from "./report.ts";

/** `npm run bench:live`: brings up PostgreSQL and one web process, then measures from commit to client. */
const sockets = Number(process.env.BENCH_SOCKETS ?? 2_000);
const nodeCount = 63;
const warmUpMs = 5_000;
const measureMs = Number(process.env.BENCH_SECONDS ?? 30) * 1_000;
const tickMs = 1_000;
const root = join(import.meta.dirname, "..");
const run = promisify(execFile);

const directory = await mkdtemp(join(tmpdir(), "console-bench-live-"));
await using stack = new AsyncDisposableStack();
stack.defer(() => rm(directory, { recursive: true, force: true }));

if (!existsSync(join(root, ".next/BUILD_ID"))) await run("npm", ["run", "build"], { cwd: root });

const postgres = await startPostgres({ directory: join(directory, "postgres"), preferredPort: 0 });
stack.defer(() => postgres.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const client = new Client({ connectionString: postgres.socketUrl });
await client.connect();
stack.defer(() => client.end());

const secret = randomBytes(24).toString("hex");
await openPartitions(client);
const nodes = await insertNodes(client, nodeCount);
const cookies = await insertSessions(client, sockets, secret);

const port = await findFreePort(3_900);
const web = await startWeb();
stack.defer(() => stopChild(web));
const clients = fork(join(import.meta.dirname, "live/clients.ts"));
stack.defer(() => stopChild(clients));

const openedAt = Date.now();
await ask({ kind: "open", port, cookies, room: "network:mainnet" }, "opened");
console.log(`${sockets} authenticated sockets in their room after ${Date.now() - openedAt} ms`);
await writeNodes(client, nodes, warmUpMs);

let rssMb = 0;
const sampling = setInterval(() => void rssOf(web).then((mb) => (rssMb = Math.max(rssMb, mb))), 1_000);
const writes = await writeNodes(client, nodes, measureMs);
await pause(2 * tickMs + 500);
clearInterval(sampling);

const { broadcasts, closed } = await ask({ kind: "report" }, "report");
const figures = measure(writes, broadcasts, sockets);
console.log(
  `${writes.length} writes, ${figures.broadcasts} messages to each socket, ${figures.samples} samples, ${closed} sockets closed`,
);
console.log(
  `commit to client: p50 ${figures.msP50} ms, p99 ${figures.msP99} ms, of which the tick is up to ${tickMs} ms`,
);
report("live", {
  sockets: sockets - closed,
  overTickMsP99: Math.max(0, figures.msP99 - tickMs),
  lostPercent: figures.lostPercent,
  rssMb: Math.round(rssMb),
});

async function startWeb(): Promise<ChildProcess> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: postgres.socketUrl,
    AUTH_SECRET: secret,
    HOST: "127.0.0.1",
    PORT: String(port),
    BASE_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: "warn",
  };
  const child = spawn(process.execPath, [join(root, "server/main.ts"), "--roles=web"], {
    env,
    // The channel tells it when this process is gone, however it went.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return child;
    if (child.exitCode !== null) throw new Error(`The web process ended with code ${child.exitCode}.`);
    await pause(100);
  }
  throw new Error("The web process was not ready within 30 s.");
}

async function ask<Kind extends FromClients["kind"]>(
  question: ToClients,
  kind: Kind,
): Promise<Extract<FromClients, { kind: Kind }>> {
  const answer = Promise.withResolvers<Extract<FromClients, { kind: Kind }>>();
  const hear = (message: FromClients) => {
    if (isOf(message, kind)) answer.resolve(message);
  };
  clients.on("message", hear);
  clients.once("exit", (code) => answer.reject(new Error(`The clients ended with code ${code}.`)));
  clients.send(question);
  return answer.promise;
}

function isOf<Kind extends FromClients["kind"]>(
  message: FromClients,
  kind: Kind,
): message is Extract<FromClients, { kind: Kind }> {
  return message.kind === kind;
}

async function rssOf({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1_024;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
