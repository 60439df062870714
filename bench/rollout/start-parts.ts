import { spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createTopics } from "../../localnet/kafka/create-topics.ts";
import { startKafka, userCacheDirectory } from "../../localnet/kafka/start-kafka.ts";
import { startPostgres } from "../../localnet/postgres/start-postgres.ts";
import { findFreePort } from "../../localnet/processes/free-port.ts";
import type { InstancePlace } from "../../localnet/runtime/runtime-instance.ts";
import { startRuntimeProcess } from "../../localnet/runtime/supervise-runtime.ts";
import { buildAgentSecrets } from "../../server/adapters/auth/agent-secrets.ts";
import { openFolderStore } from "../../server/adapters/files/open-folder-store.ts";
import { openDatabase } from "../../server/adapters/postgres/database.ts";
import { migrate } from "../../server/adapters/postgres/migrate.ts";
import { systemClock } from "../../server/kernel/clock.ts";
import { aCtx } from "../../server/testing/a-ctx.ts";

export const topics = {
  desired: "bench.agents.desired",
  events: "bench.events",
  status: "bench.agents.status",
};
export const instances: readonly InstancePlace[] = [
  { instance: "dev-1", region: "eu-central", environment: "dev" },
  { instance: "dev-2", region: "us-east", environment: "dev" },
  { instance: "dev-3", region: "ap-southeast", environment: "dev" },
];

/** PostgreSQL, a broker, the ingest role with its outbox and rollout controller, and the local network's runtime. */
export async function startParts(directory: string, stack: AsyncDisposableStack) {
  const root = join(import.meta.dirname, "../..");
  const objects = join(directory, "objects");
  const key = generateKeyPairSync("x25519").privateKey.export({ format: "jwk" });
  const postgres = await startPostgres({ directory: join(directory, "postgres"), preferredPort: 0 });
  stack.defer(() => postgres.stop());
  const kafka = await startKafka({
    directory: join(directory, "kafka"),
    cacheDirectory: userCacheDirectory(process.env),
    preferredPort: 0,
    say: (line) => console.log(line),
  });
  stack.defer(() => kafka.stop());
  await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
  await createTopics(kafka.brokers, [
    { topic: topics.events, partitions: 6 },
    { topic: topics.status, partitions: 3 },
    { topic: topics.desired, partitions: 1, isCompacted: true },
  ]);
  const db = openDatabase({
    connectionString: postgres.socketUrl,
    maxConnections: 6,
    applicationName: "bench-rollout",
  });
  stack.use(db);
  const ingest = await startIngest({
    root,
    objects,
    databaseUrl: postgres.socketUrl,
    brokers: kafka.brokers,
  });
  stack.defer(() => ingest.stop());
  const runtime = await startRuntimeProcess(directory, {
    brokers: kafka.brokers,
    objects,
    topics,
    instances,
    secretsKeys: { dev: key, staging: key, prod: key },
    eventsPerSecond: 0,
    group: "bench",
  });
  stack.defer(() => runtime.stop());
  const agentSecrets = buildAgentSecrets(new Map([["dev", key.x ?? ""]]));
  const deps = { objectStore: openFolderStore(objects), agentSecrets };
  const runtimePid = Number.parseInt(await readFile(join(directory, "runtime.pid"), "utf8"), 10);
  return {
    ctx: aCtx({ db, role: "operator", clock: systemClock, deps }),
    brokers: kafka.brokers,
    pids: { runtime: runtimePid, ingest: ingest.pid },
  };
}

type IngestOptions = { root: string; objects: string; databaseUrl: string; brokers: readonly string[] };

async function startIngest({ root, objects, databaseUrl, brokers }: IngestOptions) {
  const port = await findFreePort(3_960);
  const child = spawn(process.execPath, [join(root, "server/main.ts"), "--roles=ingest"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: brokers.join(","),
      KAFKA_AGENTS_DESIRED_TOPIC: topics.desired,
      KAFKA_AGENT_STATUS_TOPICS: topics.status,
      OBJECTS_DIR: objects,
      AUTH_SECRET: randomBytes(24).toString("hex"),
      HOST: "127.0.0.1",
      PORT: String(port),
      LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  for (let attempt = 0; attempt < 2_400 && child.exitCode === null; attempt++) {
    const isUp = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return { stop, pid: child.pid ?? 0 };
    await pause(50);
  }
  await stop();
  throw new Error("The ingest role did not start.");
}
