import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { createCaller } from "../../trpc/root.ts";
import { statusTypes } from "../deployments/desired-state-schema.ts";
import type { Environment } from "../deployments/schema.ts";
import { StatusTally } from "../deployments/status-tally.ts";
import { writeStatus } from "../deployments/write-status.ts";
import { lookAtRollouts } from "./start-rollouts.ts";
import { insertAgent } from "./testing/insert-agent.ts";

const plan = {
  strategy: "canary" as const,
  steps: [
    { weight: 10, seconds: 20, analysed: true },
    { weight: 50, seconds: 20, analysed: false },
  ],
  analysis: {
    minSample: 50,
    intervalSeconds: 10,
    errorPoints: 1,
    latencyP99Percent: 50,
    latencyIntervals: 3,
  },
  gates: { alerts: true, maxBurn: 10, freeze: true },
  deadlineSeconds: 3_600,
};
const allAtOnce = { ...plan, strategy: "all_at_once" as const, steps: [] };

async function aWorld(db: Ctx["db"]) {
  const clock = fakeClock();
  const ctx = aCtx({ db, clock });
  const { agentId, versions } = await insertAgent(ctx, ["1.0.0", "1.1.0"]);
  const [one = { cid: "", bundleCid: "" }, two = { cid: "", bundleCid: "" }] = versions;
  const as = (role: "viewer" | "developer" | "operator") =>
    createCaller({ ...ctx, actor: aPerson([{ role, network: null, environment: null }]) });
  const controller: Ctx = { ...ctx, actor: { kind: "system", id: "rollouts", name: "Rollout controller" } };
  const look = async (afterMs = 1_000) => {
    clock.advance(afterMs);
    await acknowledge();
    await lookAtRollouts(controller);
  };
  /** Both runtimes say that they have what is in force. */
  const acknowledge = async () => {
    const rows = await db.sql<{ environment: Environment; generation: number }>(
      "SELECT environment, generation FROM deployment WHERE agent_id = $1",
      [agentId],
    );
    const tally = new StatusTally();
    for (const { environment, generation } of rows)
      for (const instance of ["i1", "i2"])
        tally.add({
          ...envelope(clock.now()),
          type: statusTypes.acknowledged,
          data: { agentId, environment, instance, region: "eu", generation, fault: null },
        });
    await write(db, tally);
  };
  const jobs = async (version: string, { count, failed }: { count: number; failed: number }) => {
    const tally = new StatusTally();
    for (let index = 0; index < count; index++) {
      const data = {
        agentId,
        environment: "prod" as const,
        instance: "i1",
        region: "eu",
        version,
        record: "default",
        eventId: `e${index}`,
        eventType: "meeting.ended",
        vaultId: `v${index}`,
        vaultScope: "default",
        startedAt: clock.now().toISOString(),
        tookMs: 20,
        output: null,
        tasks: [],
        logs: [],
        inputs: [],
        outputs: [],
      };
      const common = envelope(clock.now());
      if (index < failed)
        tally.add({ ...common, type: statusTypes.failed, data: { ...data, error: "boom", stack: null } });
      else tally.add({ ...common, type: statusTypes.finished, data });
    }
    await write(db, tally);
  };
  return { agentId, one, two, as, look, jobs, clock, controller };
}

let serial = 0;
function envelope(at: Date) {
  return { specversion: "1.0" as const, id: `s${serial++}`, source: "/test", time: at.toISOString() };
}

async function write(db: Ctx["db"], tally: StatusTally): Promise<void> {
  await writeStatus({ sql: (text, values) => db.sql(text, values), copy: async () => {} }, tally);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "OK";
  } catch (error) {
    return error instanceof TRPCError ? error.code : String(error);
  }
}

/** prod with 1.0.0 for all. */
async function inProd(world: Awaited<ReturnType<typeof aWorld>>) {
  const { agentId, one, as, look } = world;
  const place = { agentId, environment: "prod" as const };
  const first = await as("operator").rollouts.start({
    ...place,
    version: one.cid,
    plan: allAtOnce,
    note: "first",
  });
  await as("operator").rollouts.approve({ ...place, id: first.id });
  await look();
  return place;
}

describe("rollouts", () => {
  it("bring a version to prod by a second person and by verdicts, and roll a failing one back by themselves", async () => {
    await using db = await testDatabase();
    const world = await aWorld(db);
    const { one, two, as, look, jobs } = world;
    const place = await inProd(world);
    const live = await as("viewer").deployments.get(place);
    expect(live.records).toMatchObject([{ targeting: "", version: one.cid, weight: 1 }]);
    expect(live.versions.find(({ cid }) => cid === one.cid)?.state).toBe("deployed");

    const starter = as("operator");
    const { id } = await starter.rollouts.start({ ...place, version: two.cid, plan, note: "better" });
    const phase = async () => (await as("viewer").rollouts.get({ ...place, id })).rollout.state;
    await look();
    expect(await phase()).toMatchObject({ phase: "waiting", weight: 0 });
    expect(await codeOf(starter.rollouts.approve({ ...place, id }))).toBe("FORBIDDEN");
    await as("operator").rollouts.approve({ ...place, id });
    await look();
    expect(await phase()).toMatchObject({ phase: "running", weight: 10 });
    const canary = await as("viewer").deployments.get(place);
    expect(canary.records.map(({ name, weight }) => [name, weight])).toEqual([
      ["canary", 10],
      ["default", 90],
    ]);

    await look(10_000);
    await jobs(one.cid, { count: 500, failed: 0 });
    await jobs(two.cid, { count: 100, failed: 5 });
    await look(11_000);
    expect(await phase()).toMatchObject({
      phase: "rolled_back",
      weight: 0,
      reason: expect.stringMatching(/^Errors/),
    });
    const back = await as("viewer").deployments.get(place);
    expect(back.records).toEqual(live.records);
    expect(back.lock?.reason).toMatch(/^Errors/);
    expect(await codeOf(starter.rollouts.start({ ...place, version: two.cid, plan, note: "again" }))).toBe(
      "CONFLICT",
    );
    await starter.rollouts.unlock({ ...place, reason: "fixed the input" });
    expect(await codeOf(starter.rollouts.start({ ...place, version: two.cid, plan, note: "again" }))).toBe(
      "OK",
    );
  });

  it("tell runtimes every SET once and in order", async () => {
    await using db = await testDatabase();
    const world = await aWorld(db);
    const place = await inProd(world);
    const { id } = await world
      .as("operator")
      .rollouts.start({ ...place, version: world.two.cid, plan, note: "n" });
    await world.as("operator").rollouts.approve({ ...place, id });
    await world.look();
    await world.as("operator").rollouts.rollback({ ...place, id, reason: "changed my mind" });
    const rows = await db.sql<{ key: string; generation: number; versions: number }>(
      `SELECT key, (value::jsonb -> 'data' ->> 'generation')::int AS generation,
         (SELECT count(*)::int FROM jsonb_object_keys(value::jsonb -> 'data' -> 'versions')) AS versions
       FROM kafka_outbox ORDER BY id`,
    );
    const key = `prod/${world.agentId}`;
    expect(rows).toEqual([
      { key, generation: 1, versions: 1 },
      { key, generation: 2, versions: 2 },
      { key, generation: 3, versions: 1 },
    ]);
  });

  it("stand still while the controller cannot write, and go on from where they were", async () => {
    await using db = await testDatabase();
    const world = await aWorld(db);
    const place = await inProd(world);
    const { id } = await world
      .as("operator")
      .rollouts.start({ ...place, version: world.two.cid, plan, note: "n" });
    await world.as("operator").rollouts.approve({ ...place, id });
    // The controller dies between the state and the outbox: nothing of the step is there.
    await db.sql("ALTER TABLE kafka_outbox RENAME TO away");
    await expect(world.look()).rejects.toThrow();
    expect((await world.as("viewer").deployments.get(place)).generation).toBe(1);
    await db.sql("ALTER TABLE away RENAME TO kafka_outbox");
    await world.look();
    expect((await world.as("viewer").rollouts.get({ ...place, id })).rollout.state.weight).toBe(10);
  });

  it("hold while the bytes of the candidate do not hash to their CID, and never give them traffic", async () => {
    await using db = await testDatabase();
    const world = await aWorld(db);
    const place = await inProd(world);
    await world.controller.deps.objectStore.remove(`pieces/${world.two.bundleCid}`);
    const { id } = await world
      .as("operator")
      .rollouts.start({ ...place, version: world.two.cid, plan, note: "n" });
    await world.as("operator").rollouts.approve({ ...place, id });
    await world.look();
    expect((await world.as("viewer").rollouts.get({ ...place, id })).rollout.state).toMatchObject({
      phase: "withdrawn",
      weight: 0,
    });
  });

  it("let a viewer see, a developer deploy before prod, and keep who was refused", async () => {
    await using db = await testDatabase();
    const { agentId, one, as } = await aWorld(db);
    const records = [
      { name: "default", priority: 1, targeting: "", version: one.cid, weight: 1, enabled: true },
    ];
    const apply = (role: "viewer" | "developer" | "operator", environment: Environment, generation = 0) =>
      codeOf(as(role).deployments.applySet({ agentId, environment, records, generation, note: "n" }));
    expect(await apply("viewer", "dev")).toBe("FORBIDDEN");
    expect(await apply("developer", "dev")).toBe("OK");
    expect(await apply("developer", "staging")).toBe("OK");
    expect(await apply("developer", "prod")).toBe("FORBIDDEN");
    expect(await apply("operator", "dev")).toBe("CONFLICT");
    expect(await apply("operator", "dev", 1)).toBe("OK");
    // In prod one person alone changes nothing.
    expect(await apply("operator", "prod")).toBe("FORBIDDEN");
    const refused = await db.sql<{ subject: string }>(
      "SELECT subject FROM audit_entry WHERE action = 'call.refuse' ORDER BY id",
    );
    expect(refused.length).toBe(3);
  });
});
