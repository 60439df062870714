import { createHash } from "node:crypto";
import { mkdirSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { withAdmin } from "../../localnet/kafka/running-kafka.ts";
import { startKafka, userCacheDirectory } from "../../localnet/kafka/start-kafka.ts";
import { startPostgres } from "../../localnet/postgres/start-postgres.ts";
import { claimFreeDirectory } from "../../localnet/processes/directory-claim.ts";

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to another package's.
  interface ProvidedContext {
    databaseUrl: string;
    kafkaBrokers: string;
    /** For servers that a single test starts. Emptied when a run begins and ends, so that a killed one leaves nothing. */
    scratchDirectory: string;
  }
}

type Service = { address: string; stop(): Promise<void> };

/** One run has one of each, however many projects ask: every project loads its own copy of this module. */
type Shared = { directory?: string; scratch?: string; postgres?: Promise<Service>; kafka?: Promise<Service> };
const slot = Symbol.for("cere.console.test-services");
const everywhere: typeof globalThis & { [slot]?: Shared } = globalThis;
everywhere[slot] ??= {};
const shared = everywhere[slot];

/**
 * Brings up what the project's tests need: PostgreSQL, and a broker for the project named kafka. Set TEST_DATABASE_URL
 * and TEST_KAFKA_BROKERS to use running ones (the user must be allowed to create databases).
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("scratchDirectory", scratch());
  shared.postgres ??= postgresService();
  project.provide("databaseUrl", (await shared.postgres).address);
  if (project.name === "kafka") {
    shared.kafka ??= kafkaService();
    project.provide("kafkaBrokers", (await shared.kafka).address);
  }
  return stopServices;
}

async function stopServices(): Promise<void> {
  const { postgres, kafka } = shared;
  delete shared.postgres;
  delete shared.kafka;
  await Promise.all([postgres, kafka].map(async (service) => (await service)?.stop()));
  if (shared.scratch) rmSync(shared.scratch, { recursive: true, force: true });
  delete shared.scratch;
}

async function postgresService(): Promise<Service> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { address: given, stop: async () => {} };
  // The system keeps what a crashed process wrote; only a power cut would lose it, and tests do not cut the power.
  const settings = {
    fsync: "off",
    full_page_writes: "off",
    max_connections: "300",
    max_wal_size: "512MB",
  };
  const memory = memoryDirectory();
  const running = await startPostgres({ directory: join(memory ?? directory(), "postgres"), settings });
  await dropLeftovers(running.url);
  const stop = async () => {
    await running.stop();
    if (memory) rmSync(memory, { recursive: true, force: true });
  };
  return { address: running.url, stop };
}

const memoryMount = "/dev/shm";
const enoughMemory = 6 * 2 ** 30;

/**
 * A database of its own for every test is 800 files that are copied and removed, five times as quick in memory as on a
 * disk. Null where there is no such place or too little of it (a container has 64 MB). Emptied when the run ends.
 */
function memoryDirectory(): string | null {
  if (freemem() < enoughMemory || freeBytesOf(memoryMount) < enoughMemory) return null;
  const clone = createHash("sha256").update(directory()).digest("hex").slice(0, 12);
  return claimFreeDirectory(join(memoryMount, `cere-console-test-${clone}`)).directory;
}

function freeBytesOf(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

async function kafkaService(): Promise<Service> {
  const given = process.env.TEST_KAFKA_BROKERS;
  if (given) return { address: given, stop: async () => {} };
  const running = await startKafka({
    directory: join(directory(), "kafka"),
    cacheDirectory: userCacheDirectory(process.env),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  await deleteLeftovers(running.brokers);
  return { address: running.brokers.join(","), stop: running.stop };
}

function scratch(): string {
  if (shared.scratch) return shared.scratch;
  shared.scratch = join(directory(), "scratch");
  rmSync(shared.scratch, { recursive: true, force: true });
  mkdirSync(shared.scratch, { recursive: true });
  return shared.scratch;
}

/** A run beside this one has its own. */
function directory(): string {
  shared.directory ??= claimFreeDirectory(
    resolve(process.env.LOCALNET_DIR ?? join(process.cwd(), ".local"), "test"),
  ).directory;
  return shared.directory;
}

/** Databases of a run that was interrupted. Nobody else uses this server. */
async function dropLeftovers(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname LIKE 'console\\_test\\_%'",
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

async function deleteLeftovers(brokers: readonly string[]): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith("__"));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });
}
