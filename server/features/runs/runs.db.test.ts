import { expect, it } from "vitest";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { applySet } from "../deployments/apply-set.ts";
import { type AgentStatus, agentStatusSchema, statusTypes } from "../deployments/desired-state-schema.ts";
import { agentStatusBinding } from "../deployments/ingest.ts";
import { StatusTally } from "../deployments/status-tally.ts";
import { aRecord } from "../deployments/testing/a-record.ts";
import { writeStatus } from "../deployments/write-status.ts";
import { insertAgent } from "../rollouts/testing/insert-agent.ts";
import { countRuns } from "./count-runs.ts";
import { getLiveAt, getLiveHistory } from "./get-live-history.ts";
import { getRun } from "./get-run.ts";
import { listRunInstances } from "./list-instances.ts";
import { listRuns } from "./list-runs.ts";
import { listRunsInput, liveHistorySchema, runDetailSchema, runPageSchema } from "./schema.ts";

const recording = `baebb4i${"r".repeat(52)}`;
const secondMs = 1_000;

it("lists runs newest first, page by page, by every filter", async () => {
  await using world = await aWorld();
  const { ctx, agentId, one, two } = world;
  await world.write([
    world.job("a1", { version: one, tookMs: 5 }),
    world.job("a2", { version: one, tookMs: 900, vaultId: "v2" }),
    world.job("a3", { version: two, instance: "i2", error: "RangeError: boom" }),
    world.job("a4", { version: one, environment: "prod", inputs: [content(recording)] }),
  ]);
  const find = async (filter: object) =>
    runPageSchema.parse(await listRuns(ctx, listRunsInput.parse({ agentId, environment: "dev", ...filter })));
  const ids = async (filter: object) => (await find(filter)).rows.map(({ id }) => id);
  expect(await ids({})).toEqual(["a3", "a2", "a1"]);
  expect(await ids({ environment: "prod" })).toEqual(["a4"]);
  expect(await ids({ version: two })).toEqual(["a3"]);
  expect(await ids({ status: "failed" })).toEqual(["a3"]);
  expect(await ids({ status: "finished" })).toEqual(["a2", "a1"]);
  expect(await ids({ instance: "i2" })).toEqual(["a3"]);
  expect(await ids({ vaultId: "v2" })).toEqual(["a2"]);
  expect(await ids({ slowerThanMs: 100 })).toEqual(["a2"]);
  expect(await ids({ environment: "prod", cid: recording })).toEqual(["a4"]);
  expect(await ids({ to: "now-1h" })).toEqual([]);
  const first = await find({ limit: 2 });
  expect(first.rows[0]?.version).toEqual({ cid: two, semver: "1.1.0" });
  expect(await ids({ limit: 2, cursor: first.next })).toEqual(["a1"]);
  await expect(find({ cursor: "bm9uZQ" })).rejects.toMatchObject({ code: "invalid" });
  expect(await countRuns(ctx, { agentId, environment: "dev" })).toMatchObject({ finished: 2, failed: 1 });
});

it("gives one run with its tasks, its words, and what it read and made", async () => {
  await using world = await aWorld();
  const { ctx, clock, agentId, one } = world;
  clock.advance(secondMs);
  const startedAt = clock.now().toISOString();
  await world.write([
    world.job("b1", {
      version: one,
      error: "TypeError: no words",
      stack: "    at onMeetingEnded (bundle.js:3)",
      tasks: [
        { id: "summarize", handler: "onMeetingEnded", startedAt, tookMs: 4, error: "TypeError: no words" },
      ],
      logs: [{ afterMs: 1, task: "summarize", level: "warn", text: "few words" }],
      inputs: [content(recording)],
    }),
  ]);
  const run = runDetailSchema.parse(await getRun(ctx, { agentId, id: "b1" }));
  expect(run).toMatchObject({
    run: { status: "failed", error: "TypeError: no words" },
    stack: expect.stringContaining("bundle.js:3"),
    tasks: [{ id: "summarize", tookMs: 4 }],
    logs: [{ level: "warn", text: "few words" }],
    inputs: [{ cid: recording, network: "mainnet", bucket: "1" }],
    set: { generation: 1 },
    lineage: [],
  });
  await expect(getRun(ctx, { agentId, id: "nobody" })).rejects.toMatchObject({ code: "not_found" });
});

it("says what was live at any moment, and who runs it now", async () => {
  await using world = await aWorld();
  const { ctx, clock, agentId, one, two } = world;
  const firstAt = clock.now();
  clock.advance(600 * secondMs);
  const records = [
    aRecord({ version: one, weight: 3 }),
    aRecord({ name: "canary", targeting: "true", version: two, weight: 1 }),
  ];
  await applySet(ctx, { agentId, environment: "dev", records, generation: 1, note: "a quarter" });
  const secondAt = clock.now();
  clock.advance(60 * secondMs);
  const history = liveHistorySchema.parse(await getLiveHistory(ctx, { agentId, from: "now-5m", to: "now" }));
  const dev = history.places.find(({ environment }) => environment === "dev");
  expect(dev?.spans).toMatchObject([
    { generation: 2, from: secondAt.toISOString(), until: null, note: "a quarter" },
    { generation: 1, from: firstAt.toISOString(), until: secondAt.toISOString() },
  ]);
  const sharesAt = async (at: Date) =>
    (await getLiveAt(ctx, { agentId, at: at.toISOString() })).places
      .find(({ environment }) => environment === "dev")
      ?.span?.shares.map(({ semver, percent }) => [semver, percent]);
  expect(await sharesAt(new Date(firstAt.getTime() - 1))).toBeUndefined();
  expect(await sharesAt(firstAt)).toEqual([["1.0.0", 100]]);
  expect(await sharesAt(secondAt)).toEqual([
    ["1.0.0", 75],
    ["1.1.0", 25],
  ]);
  await ctx.db.sql(
    `INSERT INTO agent_config_revision (agent_id, environment, revision, settings, secrets, author_id, author_name, note, applied_at)
     SELECT $1, 'dev', n, '{}', '{}', 'p', 'P', '', $2::timestamptz + n * interval '1 minute' FROM generate_series(1, 2) AS n`,
    [agentId, firstAt],
  );
  const configAt = async (at: Date) =>
    (await getLiveAt(ctx, { agentId, at: at.toISOString() })).places.at(-1);
  expect(await configAt(firstAt)).toMatchObject({ environment: "dev", configRevision: null });
  expect(await configAt(secondAt)).toMatchObject({ configRevision: 2 });
  await world.write([world.heartbeat("i1", 2), world.heartbeat("i2", 1)]);
  const instances = await listRunInstances(ctx, { agentId });
  expect(
    instances.map(({ instance, generation, wanted, versions }) => [
      instance,
      generation,
      wanted,
      versions.length,
    ]),
  ).toEqual([
    ["i1", 2, 2, 2],
    ["i2", 1, 2, 1],
  ]);
});

it("stores what a runtime cut in the middle of a character, or wrote a NUL into", async () => {
  await using world = await aWorld();
  const { ctx, agentId, one } = world;
  const text = JSON.stringify(world.job("c1", { version: one, error: `cut \ud83d and \0` }));
  const binding = agentStatusBinding();
  // It looks at the record only.
  const reading = binding.read({} as Parameters<typeof binding.read>[0], ctx.clock.now());
  const bytes = Buffer.from(text);
  expect(
    reading.take({ bytes, valueStart: 0, valueEnd: bytes.length } as Parameters<typeof reading.take>[0]),
  ).toBeNull();
  await reading.settle();
  reading.add();
  await binding.cut(ctx.clock.now()).write(world.bulk);
  expect((await getRun(ctx, { agentId, id: "c1" })).run.error).toBe("cut \uFFFD and \uFFFD");
});

type JobParts = {
  version: string;
  environment?: "dev" | "prod";
  instance?: string;
  vaultId?: string;
  tookMs?: number;
  error?: string;
  stack?: string;
  tasks?: object[];
  logs?: object[];
  inputs?: object[];
};

function content(cid: string) {
  return { cid, name: "recording", network: "mainnet", bucket: "1", bytes: null };
}

async function aWorld() {
  const db = await testDatabase();
  const clock = fakeClock();
  const ctx = aCtx({ db, role: "operator", clock });
  const { agentId, versions } = await insertAgent(ctx, ["1.0.0", "1.1.0"]);
  const [one = "", two = ""] = versions.map(({ cid }) => cid);
  const records = [aRecord({ version: one })];
  await applySet(ctx, { agentId, environment: "dev", records, generation: 0, note: "first" });
  let told = 0;
  const envelope = (id: string) => ({
    specversion: "1.0",
    id,
    source: "/test",
    time: clock.now().toISOString(),
  });
  const place = { agentId, region: "eu" };
  return {
    ctx,
    clock,
    agentId,
    one,
    two,
    bulk: bulkOf(db),
    job: (id: string, { error, stack, ...parts }: JobParts) => {
      const data = {
        environment: "dev",
        instance: "i1",
        record: "default",
        eventId: `e-${id}`,
        eventType: "meeting.ended",
        vaultId: "v1",
        vaultScope: "default",
        output: null,
        ...place,
        tookMs: 5,
        ...parts,
        // Each ends after the one before, whatever it took, and not in the future.
        startedAt: new Date(clock.now().getTime() + ++told * 2 - 100 - (parts.tookMs ?? 5)).toISOString(),
      };
      return error === undefined
        ? { ...envelope(id), type: statusTypes.finished, data }
        : { ...envelope(id), type: statusTypes.failed, data: { ...data, error, stack: stack ?? null } };
    },
    heartbeat: (instance: string, generation: number) => ({
      ...envelope(instance),
      type: statusTypes.heartbeat,
      data: { ...place, environment: "dev", instance, generation },
    }),
    /** Each in a flush of its own, so that none is left out of the sample. */
    write: async (statuses: readonly object[]) => {
      for (const status of statuses) {
        const tally = new StatusTally();
        const parsed: AgentStatus = agentStatusSchema.parse(status);
        tally.add(parsed);
        await writeStatus(bulkOf(db), tally);
      }
    },
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  };
}

function bulkOf(db: TestDatabase): BulkTransaction {
  return { sql: (text, values) => db.sql(text, values), copy: async () => {} };
}
