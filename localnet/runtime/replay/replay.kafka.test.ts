import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { manifestSchema } from "../../../server/features/agents/manifest-schema.ts";
import {
  type ReplayAsked,
  type ReplayedEvent,
  type ReplayRequest,
  type ReplayResult,
  replayRequestTypes,
  replayResultSchema,
  replayResultTypes,
} from "../../../server/features/replays/replay-contract-schema.ts";
import { type TestBroker, testBroker } from "../../../server/testing/kafka.ts";
import { pieceId, textOf } from "../../content/content-id.ts";
import { anEvent } from "../event-source.ts";
import { startRuntime } from "../runtime.ts";

const agentService = "cd".repeat(32);
const agentId = `${agentService}:summarizer`;
const instance = { instance: "dev-1", region: "eu", environment: "dev" as const };
const patience = { timeout: 60_000, interval: 50 };

const steady = "export const handle = (event) => ({ words: event.payload.text.length, at: Date.now() });";
/** Gives another output for events "odd", throws for "bad". */
const changed = `export const handle = (event) => {
  if (event.id.startsWith("bad")) throw new RangeError("cannot read " + event.id);
  return { at: Date.now(), words: event.payload.text.length + (event.id.startsWith("odd") ? 1 : 0) };
};`;
const endless = "export const handle = () => { for (;;); };";

it("runs a window through both versions, names what differs, and writes nothing anywhere else", async () => {
  await using world = await aWorld();
  const ids = ["same-1", "odd-1", "same-2", "bad-1", "same-3"];
  const { from, to } = await world.record(ids);
  const before = await world.ends();
  await world.ask("1", { stable: steady, candidate: changed, from, to });
  const { events, ended } = await world.ending("1");
  expect(ended).toMatchObject({ outcome: "finished", matched: ids.length, total: ids.length });
  expect(events.map(({ eventId }) => eventId)).toEqual(ids);
  const [same, odd, , bad] = events;
  expect(same).toMatchObject({ paths: [], stable: { output: null }, candidate: { output: null } });
  expect(same?.stable.cid).toBe(same?.candidate.cid);
  expect(odd?.paths).toEqual([{ path: "words", kind: "changed" }]);
  expect(odd?.stable.output).not.toBe(odd?.candidate.output);
  expect(bad).toMatchObject({
    stable: { outcome: "finished", error: null },
    candidate: {
      outcome: "failed",
      error: "RangeError: cannot read bad-1",
      stack: expect.stringContaining("bundle.js"),
    },
  });
  expect(await world.ends()).toEqual(before);
  expect(await world.committed()).toEqual([]);
});

it("takes the earliest events of the window up to the limit, and none of other agents or types", async () => {
  await using world = await aWorld();
  await world.record(["before-1"]);
  const { from, to } = await world.record(["a-1", "a-2", "a-3"], { others: 5 });
  await world.record(["after-1"]);
  await world.ask("1", { stable: steady, candidate: changed, from, to, maxEvents: 2 });
  const { events, ended } = await world.ending("1");
  expect(events.map(({ eventId }) => eventId)).toEqual(["a-1", "a-2"]);
  expect(ended).toMatchObject({ outcome: "finished", matched: 3, total: 2 });
  await world.ask("2", { stable: steady, candidate: changed, from, to, eventTypes: ["nobody.asked"] });
  expect(await world.ending("2")).toMatchObject({ events: [], ended: { outcome: "finished", matched: 0 } });
});

it("is ended within seconds by a cancel and by its deadline, in the middle of a handler that never ends", async () => {
  await using world = await aWorld();
  const { from, to } = await world.record(["same-1"]);
  await world.ask("1", { stable: steady, candidate: endless, from, to });
  await world.heard("1", ({ type, data }) => type === replayResultTypes.progress && data.total === 1);
  const askedAt = Date.now();
  await world.cancel("1");
  expect((await world.ending("1")).ended).toMatchObject({ outcome: "cancelled" });
  expect(Date.now() - askedAt).toBeLessThan(10_000);
  await world.ask("2", { stable: steady, candidate: endless, from, to, leftMs: 3_000 });
  expect((await world.ending("2")).ended).toMatchObject({ outcome: "expired" });
});

it("says why it cannot, and leaves what it hears too late or what is another's", async () => {
  await using world = await aWorld();
  const { from, to } = await world.record(["same-1"]);
  await world.ask("1", {
    stable: steady,
    candidate: changed,
    from,
    to,
    acceptBy: new Date(Date.now() - 1_000),
  });
  await world.ask("2", { stable: steady, candidate: changed, from, to, instance: "prod-9" });
  await world.ask("3", { stable: steady, candidate: null, from, to });
  expect((await world.ending("3")).ended).toMatchObject({
    outcome: "failed",
    reason: expect.stringMatching(/no bundle/),
  });
  expect(world.results().filter(({ data }) => data.replay !== "3")).toEqual([]);
});

type Ask = {
  stable: string;
  /** Null = its bundle is not in the store. */
  candidate: string | null;
  from: Date;
  to: Date;
  maxEvents?: number;
  eventTypes?: string[];
  instance?: string;
  acceptBy?: Date;
  leftMs?: number;
};

async function aWorld() {
  const stack = new AsyncDisposableStack();
  const broker = stack.use(await testBroker());
  const folder = await mkdtemp(join(tmpdir(), "console-replay-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "objects", "pieces"), { recursive: true });
  const topics = {
    desired: await broker.createTopic("desired"),
    events: await broker.createTopic("events", { partitions: 3 }),
    status: await broker.createTopic("status"),
    lineage: await broker.createTopic("lineage"),
    replays: { requests: await broker.createTopic("requests"), results: await broker.createTopic("results") },
  };
  const group = broker.groupId("runtime");
  const plan = { brokers: broker.brokers, objects: folder, topics, instances: [instance], secretsKeys: null };
  const runtime = await startRuntime({ ...plan, eventsPerSecond: 0, group });
  stack.defer(() => runtime.stop());
  const results = await readResults(broker, stack, topics.replays.results);
  const send = (request: ReplayRequest) =>
    broker.producer.send({
      topic: topics.replays.requests,
      messages: [{ key: request.data.replay, value: JSON.stringify(request) }],
    });
  const of = (replay: string) => results.filter(({ data }) => data.replay === replay);
  const heard = (replay: string, isIt: (result: ReplayResult) => boolean) =>
    vi.waitUntil(() => of(replay).find(isIt), patience);
  return {
    results: () => results,
    heard,
    /** What it gave, once it has ended. */
    ending: async (replay: string) => {
      const { data } = await heard(replay, ({ type }) => type === replayResultTypes.ended);
      const events = of(replay).flatMap(({ data: said }): ReplayedEvent[] =>
        "events" in said ? said.events : [],
      );
      return { ended: data, events };
    },
    ask: async (replay: string, ask: Ask) =>
      send({ ...envelope(replay), type: replayRequestTypes.asked, data: await askedOf(folder, replay, ask) }),
    cancel: (replay: string) =>
      send({
        ...envelope(replay),
        type: replayRequestTypes.cancelled,
        data: { replay, agentId, environment: "dev", instance: instance.instance },
      }),
    /** Writes events one after the other; gives the window in which they stand. */
    record: async (ids: readonly string[], { others = 0 } = {}) => {
      const from = Date.now();
      const events = [
        ...ids.map((id) => ({ ...anEvent(agentService, "meeting.ended"), id })),
        ...Array.from({ length: others }, (_, at) =>
          at % 2 === 0 ? anEvent("ef".repeat(32), "meeting.ended") : anEvent(agentService, "question.asked"),
        ),
      ];
      const messages = events.map((event, at) => ({
        key: event.account_id,
        value: JSON.stringify(event),
        timestamp: String(from + at),
      }));
      await broker.producer.send({ topic: topics.events, messages });
      const to = from + events.length;
      await vi.waitUntil(() => Date.now() > to + 5, patience);
      return { from: new Date(from), to: new Date(to) };
    },
    /** How far every topic but that of results goes, heartbeats apart: there is none without a SET. */
    ends: async () => {
      const admin = broker.kafka.admin();
      await admin.connect();
      const names = [topics.desired, topics.events, topics.status, topics.lineage];
      const ends = await Promise.all(names.map((topic) => admin.fetchTopicOffsets(topic)));
      await admin.disconnect();
      return ends.map((partitions) => partitions.map(({ high }) => high));
    },
    /** Groups of replays that left a position in the event topic. */
    committed: async () => {
      const admin = broker.kafka.admin();
      await admin.connect();
      const { groups } = await admin.listGroups();
      const own = groups.filter(({ groupId }) => groupId.startsWith("replay-"));
      const offsets = await Promise.all(
        own.map(({ groupId }) => admin.fetchOffsets({ groupId, topics: [topics.events] })),
      );
      await admin.disconnect();
      return offsets.flatMap((of) =>
        of.flatMap(({ partitions }) => partitions.filter(({ offset }) => offset !== "-1")),
      );
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function readResults(
  broker: TestBroker,
  stack: AsyncDisposableStack,
  topic: string,
): Promise<ReplayResult[]> {
  const results: ReplayResult[] = [];
  const reader = broker.kafka.consumer({ groupId: broker.groupId("reader") });
  stack.defer(() => reader.disconnect());
  await reader.connect();
  await reader.subscribe({ topic, fromBeginning: true });
  await reader.run({
    eachMessage: async ({ message }) =>
      void results.push(replayResultSchema.parse(JSON.parse(String(message.value)))),
  });
  return results;
}

function envelope(replay: string) {
  return {
    specversion: "1.0" as const,
    id: `request ${replay}`,
    source: "/test",
    subject: `dev/${agentId}`,
    time: new Date().toISOString(),
  };
}

async function askedOf(folder: string, replay: string, ask: Ask): Promise<ReplayAsked> {
  const { from, to, maxEvents = 100, eventTypes = [], leftMs = 60_000 } = ask;
  return {
    replay,
    agentId,
    environment: "dev",
    instance: ask.instance ?? instance.instance,
    stable: await versionOf(folder, ask.stable, "a"),
    candidate: await versionOf(folder, ask.candidate, "b"),
    window: { from: from.toISOString(), to: to.toISOString(), eventTypes, maxEvents },
    record: { params: {}, engagements: {} },
    config: { revision: 0, settings: {}, secrets: {} },
    acceptBy: (ask.acceptBy ?? new Date(Date.now() + 20_000)).toISOString(),
    deadline: new Date(Date.now() + leftMs).toISOString(),
  };
}

async function versionOf(
  folder: string,
  code: string | null,
  letter: string,
): Promise<ReplayAsked["stable"]> {
  const bundle = Buffer.from(code ?? "never stored");
  const bundleCid = textOf(pieceId(bundle));
  if (code !== null) await writeFile(join(folder, "objects", "pieces", bundleCid), bundle);
  const manifest = manifestSchema.parse({
    alias: "summarizer",
    version: "1.0.0",
    engagements: [{ id: "e", event: "meeting.ended", handler: "handle" }],
    handlers: { handle: { timeout: 600, memoryMiB: 16 } },
  });
  return { cid: `baear4i${letter.repeat(52)}`, bundleCid, semver: "1.0.0", manifest };
}
