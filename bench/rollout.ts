import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { kafkaClient } from "../localnet/kafka/running-kafka.ts";
import { applySet } from "../server/features/deployments/apply-set.ts";
import { aRecord } from "../server/features/deployments/testing/a-record.ts";
import { insertAgent } from "../server/features/rollouts/testing/insert-agent.ts";
import { usageOf } from "./ingest/processes.ts";
import { report } from "./report.ts";
import { startEventLoad } from "./rollout/event-load.ts";
import {
  type Bench,
  changeConfig,
  measureWeights,
  rollOut,
  type Took,
  takeBack,
} from "./rollout/measure-changes.ts";
import { instances, startParts, topics } from "./rollout/start-parts.ts";
import { StatusLog } from "./rollout/status-log.ts";

/**
 * `npm run bench:rollout`: events at a steady rate through the local network's runtime (three instances in one process),
 * while rollouts come and are rolled back, and configurations change. Every event is followed by its id from the topic
 * to the status of its job: none may be missing, none may be there twice.
 */
const perSecond = Number(process.env.BENCH_EVENTS ?? 2_000);
const rollbacks = Number(process.env.BENCH_ROLLBACKS ?? 50);
const configChanges = Number(process.env.BENCH_CONFIGS ?? 50);
const weightedEvents = Number(process.env.BENCH_WEIGHTED ?? 100_000);

const directory = await mkdtemp(join(tmpdir(), "console-bench-rollout-"));
await using stack = new AsyncDisposableStack();
stack.defer(() => rm(directory, { recursive: true, force: true }));
const { ctx, brokers, pids } = await startParts(directory, stack);
const kafka = kafkaClient(brokers, "bench-rollout");
const { log, stop: stopReading } = await StatusLog.read(kafka, topics.status);
stack.defer(stopReading);

const settings = { maxWords: { type: "integer", default: 8 }, KEY: { type: "secret" } };
const { agentId, versions } = await insertAgent(ctx, ["1.0.0", "1.1.0"], { settings });
const [stable = "", candidate = ""] = versions.map(({ cid }) => cid);
const place = { agentId, environment: "dev" as const };
const bench: Bench = { ctx, log, place, candidate, instances: instances.length };
await applySet(ctx, { ...place, records: [aRecord({ version: stable })], generation: 0, note: "bench" });
await log.acknowledged("set", 1, instances.length);
console.log("three instances run the first version");
await warmUp();
console.log("every partition of the events is read");

const load = await startLoad(perSecond);
const before = await cpuOf();
const startedAt = Date.now();
const cycles = await rollOutAndBack(rollbacks);
print("rollback", cycles);
const held = await rollOut(bench);
const configs: Took[] = [];
const share = await measureWeights(bench, { written: load.written, until: changeUntilWeighed });
print("configuration", configs);
console.log(
  `${share.events} events at 25 %: the candidate got ${share.candidatePercent.toFixed(3)} % (${share.errorPercent.toFixed(3)} points beside it)`,
);
await takeBack(bench, held);
await load.stop();
const seconds = (Date.now() - startedAt) / 1_000;
await waitForJobs(load.written);
const after = await cpuOf();
const counted = countEvents(load.written);
console.log(
  `${load.written.size} events in ${seconds.toFixed(1)} s (${Math.round(load.written.size / seconds)} /s) over ${cycles.length + 1} rollouts and rollbacks: ${counted.lost} lost, ${counted.doubled} doubled, ${counted.failed} failed`,
);
for (const [part, ms] of Object.entries(after))
  console.log(
    `  ${part.padEnd(8)} ${(((ms - (before[part] ?? 0)) * 1_000) / load.written.size).toFixed(0)} µs CPU an event`,
  );
await requireStored(load.written.size);
report("rollout", {
  eventsLost: counted.lost,
  eventsDoubled: counted.doubled,
  eventsFailed: counted.failed,
  weightErrorPercent: Math.round(share.errorPercent * 1_000) / 1_000,
  rollbackMsP99: quantile(cycles, 0.99),
  configMsP99: quantile(configs, 0.99),
});

function startLoad(rate: number) {
  const agentService = agentId.slice(0, agentId.indexOf(":"));
  const plan = { topic: topics.events, agentService, eventType: "meeting.ended", perSecond: rate };
  return startEventLoad(kafka, plan);
}

/** A group that has no position yet begins at the end of the topic: so nothing counts until each partition was read once. */
async function warmUp(): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const trial = await startLoad(500);
    await pause(2_000);
    await trial.stop();
    await pause(2_000);
    const isWhole = [...trial.written.keys()].every((id) => log.handled.has(id));
    if (isWhole && trial.written.size > 500) return;
  }
  throw new Error("The runtime does not read all partitions.");
}

async function rollOutAndBack(count: number): Promise<Took[]> {
  const took: Took[] = [];
  for (let cycle = 0; cycle < count; cycle++) took.push(await takeBack(bench, await rollOut(bench)));
  return took;
}

/** Configurations change, once a second at most, while events are weighed: they have no say in who gets what. */
async function changeUntilWeighed(): Promise<void> {
  const until = Date.now() + ((weightedEvents * 1.02) / perSecond) * 1_000;
  const everyMs = (until - Date.now()) / configChanges;
  for (let revision = 0; revision < configChanges; revision++) {
    const next = Date.now() + everyMs;
    configs.push(await changeConfig(bench, revision));
    await pause(Math.max(0, next - Date.now()));
  }
  await pause(Math.max(0, until - Date.now()));
}

async function waitForJobs(written: ReadonlyMap<string, number>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && [...written.keys()].some((id) => !log.handled.has(id))) await pause(500);
  // What comes a second time comes late.
  await pause(2_000);
}

function countEvents(written: ReadonlyMap<string, number>) {
  const found = [...written.keys()].map((id) => log.handled.get(id));
  return {
    lost: found.filter((job) => job === undefined).length,
    doubled: found.filter((job) => (job?.times ?? 0) > 1).length,
    failed: found.filter((job) => job?.failed).length,
  };
}

/** The console counted what the runtime said: exactly as many. */
async function requireStored(events: number): Promise<void> {
  const warm = [...log.handled.values()].reduce((sum, { times }) => sum + times, 0) - events;
  for (let attempt = 0; attempt < 60; attempt++) {
    const [row] = await ctx.db.sql<{ jobs: string }>(
      "SELECT coalesce(sum(finished + failed), 0)::text AS jobs FROM agent_slot WHERE agent_id = $1",
      [agentId],
    );
    if (Number(row?.jobs) === events + warm)
      return console.log("the console counted every one of them, once");
    await pause(500);
  }
  throw new Error("The console's counts are not what the runtime said.");
}

async function cpuOf(): Promise<Record<string, number>> {
  const parts = Object.entries({ ...pids, bench: process.pid });
  const used = await Promise.all(
    parts.map(async ([part, pid]) => [part, (await usageOf(pid))?.cpuMs ?? 0] as const),
  );
  return Object.fromEntries(used);
}

function print(what: string, took: readonly Took[]): void {
  const line = (name: keyof Took) => {
    const values = took.map((one) => one[name]);
    return `p50 ${quantileOf(values, 0.5)}, p99 ${quantileOf(values, 0.99)}, worst ${Math.max(...values)} ms`;
  };
  console.log(`${took.length} × ${what} until the last instance's word was read: ${line("ms")}`);
  console.log(`  the change itself: ${line("changeMs")}`);
  console.log(`  until it had effect everywhere: ${line("effectMs")}`);
}

function quantile(took: readonly Took[], q: number): number {
  return quantileOf(
    took.map(({ ms }) => ms),
    q,
  );
}

/** By nearest rank: of 50 the 99th percentile is the worst. */
function quantileOf(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
