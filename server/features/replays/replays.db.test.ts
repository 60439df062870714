import { expect, it } from "vitest";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { LogRecord } from "../../ports/event-log.ts";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { createCaller } from "../../trpc/root.ts";
import { sendOutbox } from "../deployments/send-outbox.ts";
import { aRecord } from "../deployments/testing/a-record.ts";
import { insertAgent } from "../rollouts/testing/insert-agent.ts";
import { replayExport } from "./exports.ts";
import { replaysBinding } from "./ingest.ts";
import {
  type ReplayedEvent,
  type ReplayResult,
  replayRequestSchema,
  replayRequestTypes,
  replayResultTypes,
} from "./replay-contract-schema.ts";
import { acceptWithinMs, keptReplaysMs, longestReplayMs, silentAfterMs } from "./replay-rules.ts";
import { endOverdueReplays, sweepReplays } from "./start-replays.ts";
import { aReplayedEvent, aSide } from "./testing/a-replay.ts";

it("asks the runtime for what is in force, and keeps who asked", async () => {
  await using world = await aWorld();
  const { developer, db, place, one, two } = world;
  const replay = await world.start({ maxEvents: 50, eventTypes: ["meeting.ended"] });
  expect(replay).toMatchObject({
    state: "asked",
    total: null,
    instance: "dev-1",
    stable: { semver: "1.0.0" },
  });
  const [request] = await world.requests();
  expect(request).toMatchObject({
    type: replayRequestTypes.asked,
    data: {
      replay: replay.id,
      instance: "dev-1",
      stable: { cid: one },
      candidate: { cid: two },
      window: { maxEvents: 50, eventTypes: ["meeting.ended"] },
      record: { params: { maxMinutes: 30 } },
    },
  });
  const audit = await db.sql<{
    action: string;
    subject: string;
    before: unknown;
    after: { candidate: string };
  }>("SELECT action, subject, before, after FROM audit_entry WHERE action LIKE 'replay.%'");
  expect(audit).toMatchObject([
    {
      action: "replay.start",
      subject: `replay:${replay.id}`,
      before: null,
      after: { candidate: two, instance: "dev-1" },
    },
  ]);
  expect(await developer.replays.plan(place)).toMatchObject({
    stable: one,
    runtime: { instance: "dev-1", isSilent: false },
    versions: [{ eventTypes: ["meeting.ended"] }, { eventTypes: ["meeting.ended"] }],
  });
});

it.each([
  ["the same version twice", { same: true }, /nothing to compare/],
  ["a window that is too long", { fromMs: -7 * 3_600_000 }, /6 hours/],
  ["types that nobody engages", { eventTypes: ["nobody.asked"] }, /Neither version engages/],
])("refuses %s, and asks nobody", async (_what, parts, message) => {
  await using world = await aWorld();
  await expect(world.start(parts)).rejects.toThrow(message);
  expect(await world.requests()).toEqual([]);
});

it("refuses a version that is archived, is a draft, or no longer hashes to its CID", async () => {
  await using world = await aWorld();
  const { db, two } = world;
  for (const state of ["archived", "draft"]) {
    await db.sql("UPDATE agent_version SET state = $2 WHERE cid = $1", [two, state]);
    await expect(world.start()).rejects.toThrow(new RegExp(state));
  }
  await db.sql("UPDATE agent_version SET state = 'validated', files = $2::jsonb WHERE cid = $1", [
    two,
    JSON.stringify([{ name: "bundle.js", cid: `baebb4i${"q".repeat(52)}`, bytes: 3 }]),
  ]);
  await expect(world.start()).rejects.toThrow(/not in the object store/);
  expect(await world.requests()).toEqual([]);
});

it("runs one at a time in an environment, and none where no runtime ever was", async () => {
  await using world = await aWorld();
  const results = await Promise.allSettled([world.start(), world.start()]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(world.start({ environment: "staging" })).rejects.toThrow(/No runtime of staging/);
});

it("lets a developer replay in dev, nobody less, and in prod an operator; refusals are kept", async () => {
  await using world = await aWorld();
  const { db, input } = world;
  await expect(world.as("viewer").replays.start(input())).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(world.as("developer").replays.start(input({ environment: "prod" }))).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const { id } = await world.as("operator").replays.start(input({ environment: "prod" }));
  const prod = { ...world.place, environment: "prod" as const, id };
  await expect(world.as("developer").replays.cancel(prod)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const [refused] = await db.sql<{ count: number }>(
    "SELECT count(*)::int AS count FROM audit_entry WHERE action = 'call.refuse' AND subject LIKE 'call:replays.%'",
  );
  expect(refused?.count).toBe(3);
});

it("stores what a runtime says once, however often it comes, and judges each event", async () => {
  await using world = await aWorld();
  const { id } = await world.start();
  const events = [
    aReplayedEvent(0),
    aReplayedEvent(1, {
      stable: gave("a"),
      candidate: gave("b"),
      paths: [{ path: "words", kind: "changed" }],
    }),
    aReplayedEvent(2, { candidate: threw("RangeError: boom") }),
    aReplayedEvent(3, { stable: threw("RangeError: old") }),
    aReplayedEvent(4, { stable: aSide({ tookMs: 5 }), candidate: aSide({ tookMs: 50 }) }),
  ];
  await world.say(id, [accepted, progress(events.slice(0, 3), 5)]);
  await world.say(id, [progress(events.slice(2), 5), progress(events.slice(3), 5)]);
  expect((await world.get(id)).replay).toMatchObject({
    state: "running",
    total: 5,
    verdicts: { new_error: 1, different: 1, slower: 1, fixed_error: 1, same: 1 },
  });
  await world.say(id, [ended("finished", 5)]);
  const detail = await world.get(id);
  expect(detail).toMatchObject({
    replay: { state: "finished", matched: 5 },
    stable: { finished: 4, failed: 1, unhandled: 0, maxMs: 5 },
    candidate: { finished: 4, failed: 1, maxMs: 50 },
    paths: [{ path: "words", kind: "changed", events: 1 }],
    newErrors: [{ error: "RangeError: boom", events: 1 }],
  });
  expect(detail.times.find(({ percent }) => percent === 100)).toEqual({ percent: 100, events: 1 });
});

it("leaves words of another agent, of another instance, and about one that has ended", async () => {
  await using world = await aWorld();
  const { id } = await world.start();
  const event = aReplayedEvent(0);
  await world.say(id, [progress([event], 1)], { instance: "dev-9" });
  await world.say(id, [progress([event], 1)], { agentId: `${"9".repeat(64)}:other` });
  expect((await world.get(id)).replay).toMatchObject({ state: "asked", verdicts: { same: 0 } });
  const cancelled = await world.developer.replays.cancel({ ...world.place, id });
  expect(cancelled).toMatchObject({ state: "cancelled", endedAt: expect.any(String) });
  await world.say(id, [progress([event], 1), ended("finished", 1)]);
  expect((await world.get(id)).replay).toMatchObject({ state: "cancelled", verdicts: { same: 0 } });
  expect((await world.requests()).map(({ type }) => type)).toEqual([
    replayRequestTypes.asked,
    replayRequestTypes.cancelled,
  ]);
  const [audit] = await world.db.sql<{ before: object; after: object }>(
    "SELECT before, after FROM audit_entry WHERE action = 'replay.cancel'",
  );
  expect(audit).toMatchObject({ before: { state: "asked" }, after: { state: "cancelled" } });
  await expect(world.developer.replays.cancel({ ...world.place, id })).rejects.toThrow(/ended already/);
});

it("never runs for ever: nobody takes it, its runtime dies, or its time is over", async () => {
  await using world = await aWorld();
  const { clock } = world;
  const ended = async (id: string) => {
    await endOverdueReplays(world);
    const { state, reason } = (await world.get(id)).replay;
    return [state, reason];
  };
  const untaken = await world.start();
  expect(await ended(untaken.id)).toEqual(["asked", null]);
  clock.advance(acceptWithinMs);
  expect(await ended(untaken.id)).toEqual([
    "failed",
    expect.stringMatching(/No runtime took it within 20 s/),
  ]);
  const dead = await world.start();
  await world.say(dead.id, [accepted]);
  clock.advance(silentAfterMs - 1);
  expect((await ended(dead.id))[0]).toBe("running");
  clock.advance(1);
  expect(await ended(dead.id)).toEqual(["failed", expect.stringMatching(/said nothing for 30 s/)]);
  const endless = await world.start();
  clock.advance(longestReplayMs - 1);
  await world.say(endless.id, [accepted]);
  clock.advance(1);
  expect((await ended(endless.id))[0]).toBe("expired");
  expect((await world.requests()).filter(({ type }) => type === replayRequestTypes.cancelled)).toHaveLength(
    3,
  );
  clock.advance(keptReplaysMs + 1);
  await sweepReplays(world);
  expect((await world.developer.replays.list({ ...world.place })).rows).toEqual([]);
});

it("lists events worst first, page by page, by verdict, place and error, and as a file", async () => {
  await using world = await aWorld();
  const { id } = await world.start();
  const same = Array.from({ length: 5 }, (_, seq) => aReplayedEvent(seq));
  const others = [
    aReplayedEvent(5, { stable: gave("a"), candidate: gave("b"), paths: [{ path: "a.b", kind: "added" }] }),
    aReplayedEvent(6, { candidate: threw("RangeError: boom", { output: null }) }),
  ];
  await world.say(id, [progress([...same, ...others], 7), ended("finished", 7)]);
  const { events, event } = world.developer.replays;
  const of = { agentId: world.place.agentId, id };
  const seqs = async (filter: object) => (await events({ ...of, ...filter })).rows.map(({ seq }) => seq);
  expect(await seqs({})).toEqual([6, 5, 0, 1, 2, 3, 4]);
  expect(await seqs({ verdicts: ["different", "new_error"] })).toEqual([6, 5]);
  expect(await seqs({ path: "a.b" })).toEqual([5]);
  expect(await seqs({ error: "RangeError: boom" })).toEqual([6]);
  const first = await events({ ...of, limit: 3 });
  expect(await seqs({ limit: 3, cursor: first.next })).toEqual([1, 2, 3]);
  await expect(seqs({ cursor: "bm9uZQ" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect(await event({ ...of, seq: 5 })).toMatchObject({ candidate: { output: '"b"' }, offset: "105" });
  await expect(event({ ...of, seq: 7 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const opened = await replayExport.open(world.ctx, { ...of, verdicts: "different,new_error" });
  const rows: unknown[] = [];
  for await (const batch of opened.batches(AbortSignal.timeout(5_000)))
    rows.push(...batch.map(({ seq, verdict }) => [seq, verdict]));
  expect(rows).toEqual([
    [6, "new_error"],
    [5, "different"],
  ]);
});

it("sends each road of the outbox to its own topic, and holds none up for another", async () => {
  await using world = await aWorld();
  await world.db.sql("INSERT INTO kafka_outbox (key, value, made_at) VALUES ('dev/a', '{}', now())");
  await world.start();
  const sent: string[] = [];
  const eventLog = { publish: async (topic: string) => void sent.push(topic) };
  const send = (road: "desired-state" | "replays") =>
    sendOutbox({ road, ctx: world.ctx, eventLog, topic: `topic of ${road}` });
  expect(await send("replays")).toBe(1);
  expect(await send("replays")).toBe(0);
  expect(await send("desired-state")).toBe(1);
  expect(sent).toEqual(["topic of replays", "topic of desired-state"]);
});

type Said = { type: ReplayResult["type"]; data: object };
const counts = (total: number) => ({ scanned: 100, matched: total, total });
const accepted: Said = { type: replayResultTypes.accepted, data: {} };
const progress = (events: readonly ReplayedEvent[], total: number): Said => ({
  type: replayResultTypes.progress,
  data: { ...counts(total), events },
});
const ended = (outcome: string, total: number): Said => ({
  type: replayResultTypes.ended,
  data: { ...counts(total), outcome, reason: null },
});

function gave(text: string) {
  return aSide({ cid: `baebb4i${text.repeat(52)}`, bytes: 3, output: JSON.stringify(text) });
}

function threw(error: string, parts: object = {}) {
  return aSide({ outcome: "failed", error, stack: "    at handle (bundle.js:1)", ...parts });
}

type StartParts = {
  environment?: "dev" | "staging" | "prod";
  same?: boolean;
  fromMs?: number;
  eventTypes?: string[];
  maxEvents?: number;
};

async function aWorld() {
  const db = await testDatabase();
  const clock = fakeClock();
  const ctx = aCtx({ db, role: "operator", clock });
  const { agentId, versions } = await insertAgent(ctx, ["1.0.0", "1.1.0"]);
  const [one = "", two = ""] = versions.map(({ cid }) => cid);
  const as = (role: "viewer" | "developer" | "operator") =>
    createCaller({ ...ctx, actor: aPerson([{ role, network: null, environment: null }]) });
  const records = [aRecord({ version: one, params: { maxMinutes: 30 } })];
  await as("developer").deployments.applySet({
    agentId,
    environment: "dev",
    records,
    generation: 0,
    note: "first",
  });
  await db.sql("DELETE FROM kafka_outbox");
  for (const environment of ["dev", "prod"])
    await db.sql(
      `INSERT INTO agent_instance (agent_id, environment, instance, region, heard_at, generation)
       VALUES ($1, $2, $2 || '-1', 'eu', $3, 1)`,
      [agentId, environment, clock.now()],
    );
  const place = { agentId, environment: "dev" as const };
  const input = ({ environment = "dev", same = false, fromMs = -3_600_000, ...parts }: StartParts = {}) => ({
    agentId,
    environment,
    stable: one,
    candidate: same ? one : two,
    from: new Date(clock.now().getTime() + fromMs).toISOString(),
    to: clock.now().toISOString(),
    ...parts,
  });
  const bulk: BulkTransaction = { sql: (text, values) => db.sql(text, values), copy: async () => {} };
  return {
    db,
    clock,
    ctx,
    as,
    place,
    one,
    two,
    input,
    developer: as("developer"),
    start: (parts: StartParts = {}) => as("developer").replays.start(input(parts)),
    get: (id: string) => as("viewer").replays.get({ agentId, id }),
    requests: async () => {
      const rows = await db.sql<{ value: string }>(
        "SELECT value FROM kafka_outbox WHERE road = 'replays' ORDER BY id",
      );
      return rows.map(({ value }) => replayRequestSchema.parse(JSON.parse(value)));
    },
    /** As the binding takes it, in one flush. */
    say: async (replay: string, said: readonly Said[], parts: object = {}) => {
      const binding = replaysBinding();
      // It looks at the record only.
      const reading = binding.read({} as Parameters<typeof binding.read>[0], clock.now());
      for (const { type, data } of said) {
        const envelope = {
          specversion: "1.0",
          id: crypto.randomUUID(),
          source: "/test",
          time: clock.now().toISOString(),
        };
        const named = { replay, ...place, instance: "dev-1", ...data, ...parts };
        const bytes = Buffer.from(JSON.stringify({ ...envelope, type, data: named }));
        expect(reading.take({ bytes, valueStart: 0, valueEnd: bytes.length } as LogRecord)).toBeNull();
      }
      await reading.settle();
      reading.add();
      await binding.cut(clock.now()).write(bulk);
    },
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  };
}
