import { expect, it } from "vitest";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertAgent } from "../rollouts/testing/insert-agent.ts";
import { applySet } from "./apply-set.ts";
import { type AgentStatus, statusTypes } from "./desired-state-schema.ts";
import { listPlaces } from "./list-places.ts";
import { StatusTally } from "./status-tally.ts";
import { aRecord } from "./testing/a-record.ts";
import { writeStatus } from "./write-status.ts";

it("says what runs in each environment, how well, and who put it there", async () => {
  await using db = await testDatabase();
  const clock = fakeClock();
  const ctx = aCtx({ db, role: "operator", clock });
  const { agentId, versions } = await insertAgent(ctx, ["1.0.0", "1.1.0"]);
  const [one = "", two = ""] = versions.map(({ cid }) => cid);
  const records = [
    aRecord({ version: one, weight: 3 }),
    aRecord({ name: "canary", targeting: "true", version: two, weight: 1 }),
  ];
  await applySet(ctx, { agentId, environment: "dev", records, generation: 0, note: "first" });
  const place = { agentId, environment: "dev" as const, region: "eu" };
  const said: Parts[] = [
    { type: statusTypes.heartbeat, data: { ...place, instance: "i1", generation: 1, revision: null } },
    { type: statusTypes.heartbeat, data: { ...place, instance: "i2", generation: 0, revision: null } },
    ...[20, 20, 20, 400].map((tookMs, at): Parts => {
      const data = { ...aJob, ...place, version: one, startedAt: clock.now().toISOString(), tookMs };
      return at === 0
        ? { type: statusTypes.failed, data: { ...data, error: "boom", stack: null } }
        : { type: statusTypes.finished, data };
    }),
  ];
  await write(db, said, clock.now());
  clock.advance(12_000);
  const [dev, staging, prod] = await listPlaces(ctx, { agentId });
  expect(dev).toMatchObject({
    generation: 1,
    applied: { by: ctx.actor.name, cause: "person", note: "first" },
    shares: [
      { cid: one, semver: "1.0.0", state: "deployed", percent: 75, isDefault: true },
      { cid: two, semver: "1.1.0", percent: 25, isDefault: false },
    ],
    instances: { known: 2, ready: 1 },
    rollout: null,
    lock: null,
  });
  expect(dev?.now?.perSecond).toBeCloseTo(4 / 60);
  expect(dev?.now?.failedRatio).toBe(0.25);
  expect(dev?.now?.p99Ms).toBeGreaterThan(15);
  for (const empty of [staging, prod])
    expect(empty).toMatchObject({ generation: 0, applied: null, shares: [], now: null });
  await expect(listPlaces(ctx, { agentId: `${"ab".repeat(32)}:nobody` })).rejects.toMatchObject({
    code: "not_found",
  });
});

type Parts = AgentStatus extends infer One
  ? One extends AgentStatus
    ? Pick<One, "type" | "data">
    : never
  : never;

const aJob = {
  instance: "i1",
  record: "default",
  eventId: "e",
  eventType: "meeting.ended",
  vaultId: "v",
  vaultScope: "default",
  output: null,
  tasks: [],
  logs: [],
  inputs: [],
  outputs: [],
};

async function write(db: TestDatabase, said: readonly Parts[], at: Date): Promise<void> {
  const tally = new StatusTally();
  for (const [index, parts] of said.entries())
    tally.add({
      specversion: "1.0",
      id: `s${index}`,
      source: "/test",
      time: at.toISOString(),
      ...parts,
    } as AgentStatus);
  await writeStatus({ sql: (text, values) => db.sql(text, values), copy: async () => {} }, tally);
}
