import { describe, expect, it } from "vitest";
import type { Health } from "../../kernel/lifecycle.ts";
import { judgeTopic, judgeWorkers, listDegraded, type TopicFacts, type WorkerFacts } from "./rules.ts";

const at = new Date("2026-11-23T03:31:08.000Z");
const msAgo = (ms: number) => new Date(at.getTime() - ms);
const healthy: Health = { state: "ok", reason: null, since: null };
const noKafka: Health = { state: "down", reason: "Kafka is not reachable.", since: msAgo(418_000) };

describe("judgeWorkers", () => {
  const worker = (heardMsAgo: number, health: Health = healthy): WorkerFacts => ({
    ...health,
    heardAt: msAgo(heardMsAgo),
  });

  it.each([
    { name: "is well while one worker is", workers: [worker(1_000)], state: "ok", reason: null },
    {
      name: "forgets workers that are gone while another is there",
      workers: [worker(60_000), worker(900)],
      state: "ok",
      reason: null,
    },
    {
      name: "says that nobody runs",
      workers: [],
      state: "down",
      reason: "No ingest worker is running: start the ingest role.",
    },
    {
      name: "passes on what all workers wait for",
      workers: [worker(1_000, noKafka)],
      state: "down",
      reason: noKafka.reason,
    },
    {
      name: "is degraded when only some are down",
      workers: [worker(1_000, noKafka), worker(1_000)],
      state: "degraded",
      reason: noKafka.reason,
    },
  ])("$name", ({ workers, state, reason }) => {
    expect(judgeWorkers(workers, at)).toMatchObject({ state, reason });
  });

  it("takes a worker for gone after 8 s of silence, and says since when", () => {
    expect(judgeWorkers([worker(8_000)], at).state).toBe("ok");
    const gone = judgeWorkers([worker(50_000), worker(8_001)], at);
    expect(gone).toEqual({
      state: "down",
      reason: "No ingest worker is running: start the ingest role.",
      since: msAgo(8_001),
    });
  });
});

describe("judgeTopic", () => {
  const facts: TopicFacts = {
    binding: "activity",
    topic: "ddc.activity",
    records: 2_000,
    lagRecords: 0,
    recordAt: msAgo(5_000),
    storedAt: msAgo(4_800),
  };

  it("is as far behind as its newest record was when it was stored, while none waits", () => {
    expect(judgeTopic(facts, healthy, at)).toMatchObject({
      recordsPerSecond: 200,
      behindMs: 200,
      state: "ok",
    });
  });

  it("is not behind when its records tell of what was and none waits", () => {
    const lineage: TopicFacts = { ...facts, binding: "lineage", lagRecords: 0 };
    expect(judgeTopic(lineage, healthy, at)).toMatchObject({ behindMs: 0 });
    expect(judgeTopic({ ...lineage, lagRecords: 3 }, healthy, at)).toMatchObject({ behindMs: 5_000 });
  });

  it("is as far behind as its newest record is old, while records wait", () => {
    expect(judgeTopic({ ...facts, lagRecords: 40 }, healthy, at)).toMatchObject({
      behindMs: 5_000,
      state: "ok",
    });
  });

  it("says how many records wait when the newest stored one is older than half a minute", () => {
    const late = { ...facts, lagRecords: 69_840, recordAt: msAgo(120_000) };
    expect(judgeTopic(late, healthy, at)).toMatchObject({
      state: "degraded",
      reason: "69,840 records of ddc.activity wait; the newest that is stored is 2 m 00 s old.",
    });
  });

  it("knows no rate and no lag while nobody reads, and repeats why", () => {
    expect(judgeTopic(facts, noKafka, at)).toEqual({
      binding: "activity",
      topic: "ddc.activity",
      recordsPerSecond: null,
      lagRecords: null,
      behindMs: 5_000,
      state: "down",
      reason: "Kafka is not reachable.",
      since: "2026-11-23T03:24:10.000Z",
    });
  });

  it("does not call a topic late that never had a record", () => {
    const never = { ...facts, records: 0, lagRecords: null, recordAt: null, storedAt: null };
    expect(judgeTopic(never, healthy, at)).toMatchObject({ state: "ok", behindMs: null, lagRecords: null });
  });
});

describe("listDegraded", () => {
  const topic = judgeTopic(
    {
      binding: "telemetry",
      topic: "otlp_metrics",
      records: 0,
      lagRecords: 0,
      recordAt: null,
      storedAt: null,
    },
    healthy,
    at,
  );
  const chain = {
    family: "ddc",
    height: 24_817_343,
    lagBlocks: 20,
    lagMs: 120_000,
    reason: "It stands.",
    since: null,
  } as const;

  it("is empty while everything is well, or was never configured", () => {
    const absent = { ...chain, state: "absent" } as const;
    expect(listDegraded({ workers: healthy, ingest: [topic], indexer: [absent], self: [healthy] })).toEqual(
      [],
    );
  });

  it("names one dead broker once, with every panel that it feeds and no other", () => {
    const ingest = [judgeTopic({ ...topic, records: 0, recordAt: null, storedAt: null }, noKafka, at)];
    expect(listDegraded({ workers: noKafka, ingest, indexer: [], self: [] })).toEqual([
      {
        part: "Ingest",
        reason: "Kafka is not reachable.",
        since: "2026-11-23T03:24:10.000Z",
        panels: ["resources", "storage"],
      },
    ]);
  });

  it("darkens by an indexer only what the chain registered", () => {
    const stalled = { ...chain, state: "stalled" } as const;
    expect(listDegraded({ workers: healthy, ingest: [topic], indexer: [stalled], self: [] })).toEqual([
      { part: "ddc indexer", reason: "It stands.", since: null, panels: ["registered", "economics"] },
    ]);
  });

  it("says when this very server is deaf", () => {
    const deaf: Health = { state: "degraded", reason: "Changes are not heard.", since: at };
    expect(listDegraded({ workers: healthy, ingest: [], indexer: [], self: [healthy, deaf] })).toEqual([
      { part: "Live updates", reason: "Changes are not heard.", since: at.toISOString(), panels: ["live"] },
    ]);
  });
});
