import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeStates } from "./list-rules.ts";
import {
  defaultNodeLimits,
  markOf,
  type NodeFacts,
  nodeStatus,
  silenceLimitMs,
  stateOrder,
} from "./rules.ts";
import type { Stalled } from "./schema.ts";

const at = new Date("2026-11-23T03:31:08.000Z");
const ago = (ms: number) => new Date(at.getTime() - ms).toISOString();

function facts(changes: Partial<NodeFacts>): NodeFacts {
  return {
    removedAt: null,
    wrongPieces: null,
    heardAt: ago(1_100),
    reportEveryMs: 5_000,
    isDraining: false,
    isRegistered: true,
    probe: { at: ago(4_000), ok: true, latencyMs: 14, reason: null },
    failureRatio: 0.001,
    requests15m: 50_000,
    requests10s: 500,
    failures10s: 1,
    p99Ms: 120,
    cpu: 0.38,
    memory: 0.71,
    disk: 0.62,
    diskReadMs: 4,
    diskGrowthPerHour: 0.0003,
    clockSkewMs: 12,
    ...changes,
  };
}

const missed = { at: ago(4_000), ok: false, latencyMs: null, reason: "connection refused" };
const stalled: Stalled = { since: ago(40_000), reason: "Kafka has not answered since 03:30:28" };

function decide(changes: Partial<NodeFacts>, road: Stalled | null = null) {
  return nodeStatus(facts(changes), at, { limits: defaultNodeLimits, stalled: road });
}

describe("the status of a node", () => {
  it.each<[string, Partial<NodeFacts>, string, RegExp]>([
    ["is online while all figures are within limits", {}, "online", /Heard 1\.1 s ago/],
    [
      "is online with figures that nobody reports",
      { cpu: null, p99Ms: null, failureRatio: null, disk: null },
      "online",
      /Heard/,
    ],
    [
      "is silent after three missed reports",
      { heardAt: ago(15_100) },
      "silent",
      /last heard 15 s ago, but it answers probes/,
    ],
    [
      "is silent and unreachable",
      { heardAt: ago(1_560_000), probe: missed },
      "silent",
      /26 m 00 s ago, and the last probe failed: connection refused/,
    ],
    [
      "has probe missed while telemetry still comes",
      { probe: missed },
      "probe_missed",
      /failed: connection refused.*1\.1 s ago/,
    ],
    [
      "is degraded by failures",
      { failureRatio: 0.0384 },
      "degraded",
      /^3\.84 % of requests failed in 15 min, limit 1 %\.$/,
    ],
    [
      "is degraded by a burst before 15 min show it",
      { requests10s: 32, failures10s: 8 },
      "degraded",
      /25 % of requests failed in 10 s/,
    ],
    ["is degraded by slow answers", { p99Ms: 1912 }, "degraded", /p99 is 1,912 ms, limit 400 ms/],
    ["is degraded by a full disk", { disk: 0.97 }, "degraded", /disk is full to 97 %, limit 95 %/],
    [
      "is degraded by a disk that fills within hours",
      { disk: 0.7, diskGrowthPerHour: 0.24 },
      "degraded",
      /^the disk fills by 24 % an hour, limit 5 % an hour, full in 1 h 15 m\.$/,
    ],
    [
      "is degraded by a clock that runs behind",
      { clockSkewMs: -4_200 },
      "degraded",
      /clock is off by 4\.2 s, limit 1\.0 s/,
    ],
    [
      "names every breach",
      { failureRatio: 0.02, diskReadMs: 64.2 },
      "degraded",
      /2 % of requests.*; a disk read takes 64\.2 ms/,
    ],
    [
      "does not judge a ratio over few requests",
      { failureRatio: 0.5, requests15m: 20, failures10s: 0 },
      "online",
      /Heard/,
    ],
    ["does not call two failures a burst", { requests10s: 2, failures10s: 2 }, "online", /Heard/],
    ["is draining, whatever else", { isDraining: true, p99Ms: 5_000 }, "draining", /drained/],
    [
      "is wrong bytes before all else but retired",
      { wrongPieces: 6, heardAt: ago(99_000) },
      "wrong_bytes",
      /^6 pieces/,
    ],
    [
      "is retired once the chain removed it",
      { removedAt: ago(9_000), wrongPieces: 6 },
      "retired",
      /Removed from the chain/,
    ],
    [
      "is unknown when never heard",
      { heardAt: null },
      "unknown",
      /Registered on the chain, but never heard.*answers probes/,
    ],
    [
      "is unknown when neither registered nor heard",
      { heardAt: null, isRegistered: false, probe: null },
      "unknown",
      /Not registered, and never heard/,
    ],
  ])("%s", (_, changes, kind, reason) => {
    const status = decide(changes);
    expect(status.kind).toBe(kind);
    expect(status.reason).toMatch(reason);
  });

  it("is unknown, not silent, when the road to all nodes stands still", () => {
    expect(decide({ heardAt: ago(45_000) }, stalled)).toEqual({
      kind: "unknown",
      reason:
        "Cannot tell: Kafka has not answered since 03:30:28; last heard 45 s ago, but it answers probes.",
    });
    expect(decide({}, stalled).kind).toBe("online");
  });

  it("always has a reason that is a sentence, and an order in lists", () => {
    const figure = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(
        fc.record({
          heardMs: fc.option(fc.nat(1e9)),
          p99Ms: figure,
          cpu: figure,
          failureRatio: figure,
          clockSkewMs: figure,
        }),
        ({ heardMs, ...rest }) => {
          const status = decide({ ...rest, heardAt: heardMs === null ? null : ago(heardMs) });
          expect(status.reason).toMatch(/\.$/);
          expect(status.reason).not.toMatch(/NaN|undefined|null|Infinity/);
          expect(stateOrder).toContain(status.kind);
        },
      ),
    );
    expect([...stateOrder].sort()).toEqual([...nodeStates].sort());
  });
});

describe("how long a node may be quiet", () => {
  it.each([
    [null, 60_000],
    [1_000, 5_000],
    [5_000, 15_000],
    [15_000, 45_000],
    [60_000, 60_000],
  ])("with a report every %s ms: %s ms", (reportEveryMs, limitMs) => {
    expect(silenceLimitMs(reportEveryMs, defaultNodeLimits)).toBe(limitMs);
  });
});

describe("marks of figures", () => {
  it.each([
    ["p99Ms", 399, null],
    ["p99Ms", 400, "warn"],
    ["p99Ms", 1_000, "crit"],
    ["failureRatio", 0.0384, "crit"],
    ["disk", 0.86, "warn"],
    ["cpu", 0.99, "warn"],
    ["clockSkewMs", -1_500, "warn"],
    ["memory", null, null],
  ] as const)("%s of %s is %s", (field, value, mark) => {
    expect(markOf(field, value, defaultNodeLimits)).toBe(mark);
  });
});
