import { describe, expect, it } from "vitest";
import { defaultNodeLimits, nodeStatus } from "../nodes/rules.ts";
import type { NodeRow } from "../nodes/schema.ts";
import { aRow } from "../nodes/testing/a-row.ts";
import type { IndexerStatus, IngestStatus } from "../system/schema.ts";
import { type AttentionFacts, listAttention } from "./attention.ts";

const at = new Date("2026-11-23T03:31:08.000Z");

function node(changes: Partial<NodeRow>): NodeRow {
  const row = aRow({ heardAt: at.toISOString(), ...changes });
  return { ...row, status: nodeStatus(row, at, { limits: defaultNodeLimits, stalled: null }) };
}

function attention(changes: Partial<AttentionFacts>) {
  const facts: AttentionFacts = {
    rows: [],
    limits: defaultNodeLimits,
    ingest: [],
    indexer: [],
    deadLetters: new Map(),
    forecasts: new Map(),
    ...changes,
  };
  return listAttention(facts).map(({ severity, title, detail, subject }) => ({
    severity,
    text: `${title}: ${detail}`,
    about: subject.kind === "node" ? subject.name : subject.kind,
  }));
}

const topic: IngestStatus = {
  binding: "activity",
  topic: "ddc.activity",
  recordsPerSecond: null,
  lagRecords: null,
  behindMs: null,
  state: "down",
  reason: "Kafka has not answered since 03:30:28.",
  since: "2026-11-23T03:30:28.000Z",
};
const indexer: IndexerStatus = {
  family: "ddc",
  height: 24_817_343,
  lagBlocks: 40,
  lagMs: 240_000,
  state: "stalled",
  reason: "No new block for 4 m 00 s.",
  since: "2026-11-23T03:27:00.000Z",
};

describe("what needs attention", () => {
  it("says of a node what is wrong, in words and with the limit", () => {
    const rows = [
      node({ name: "fsn1-s07", failureRatio: 0.0384, requests15m: 50_000 }),
      node({ name: "sin1-s02", p99Ms: 486 }),
      node({ name: "ash1-s03", heardAt: "2026-11-23T03:05:04.000Z" }),
      node({
        name: "sao1-s01",
        probe: { at: at.toISOString(), ok: false, latencyMs: null, reason: "connection refused" },
      }),
      node({ name: "fine" }),
    ];
    const found = attention({ rows }).map(({ severity, about, text }) => `${severity} ${about}: ${text}`);
    expect(found.slice(0, 2)).toEqual([
      "crit fsn1-s07: Requests fail: 3.84 % of requests failed in 15 min, limit 1 %.",
      "warn ash1-s03: Node silent: No telemetry and no activity, last heard 26 m 04 s ago, but it answers probes.",
    ]);
    expect(found.slice(2).sort()).toEqual([
      "warn sao1-s01: Probe missed: The last probe of /info failed: connection refused. Telemetry or activity came 0.0 s ago.",
      "warn sin1-s02: Slow answers: p99 is 486 ms, limit 400 ms.",
    ]);
  });

  it("warns of a disk by its forecast, else by how full it is, and never twice", () => {
    const soon = node({ name: "soon", disk: 0.7 });
    const later = node({ name: "later", disk: 0.7 });
    const full = node({ name: "full", disk: 0.97 });
    const filling = node({ name: "filling", disk: 0.88 });
    const forecasts = new Map([
      [soon.key, { fullInDays: 19, wording: "Full in 19 days" }],
      [later.key, { fullInDays: 90, wording: "Full in 90 days" }],
    ]);
    const found = attention({ rows: [soon, later, full, filling], forecasts });
    expect(found.map(({ about, text }) => `${about}: ${text}`).sort()).toEqual([
      "filling: Storage fills up: Disk is full to 88 %.",
      "full: Disk full: disk is full to 97 %, limit 95 %.",
      "soon: Storage fills up: Full in 19 days.",
    ]);
  });

  it("puts what blinds us first", () => {
    const rows = [node({ name: "slow", p99Ms: 486 })];
    const found = attention({
      rows,
      ingest: [topic],
      indexer: [indexer],
      deadLetters: new Map([["ddc.activity", 12]]),
    });
    expect(found.map(({ text }) => text)).toEqual([
      "Ingest stands still: Kafka has not answered since 03:30:28.",
      "Indexer stalled: No new block for 4 m 00 s.",
      "Dead letters: 12 records of ddc.activity could not be read in 10 min.",
      "Slow answers: p99 is 486 ms, limit 400 ms.",
    ]);
  });

  it("counts nodes that are not both registered and heard in one line each", () => {
    const rows = [
      ...Array.from({ length: 3 }, () => node({ heardAt: null })),
      node({ name: "stranger", isRegistered: false }),
    ];
    const known = { ...indexer, state: "ok", reason: null } as const;
    expect(attention({ rows, indexer: [known] }).map(({ text }) => text)).toEqual([
      "Not registered: 1 node heard that the chain does not know: stranger.",
      "Never heard: 3 registered nodes never sent telemetry or activity.",
    ]);
    expect(attention({ rows, indexer: [] })).toHaveLength(1);
  });

  it("is silent about retired nodes and when all is well", () => {
    expect(
      attention({ rows: [node({}), node({ removedAt: at.toISOString(), heardAt: null, disk: 0.99 })] }),
    ).toEqual([]);
  });
});
