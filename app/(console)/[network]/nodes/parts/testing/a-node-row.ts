import { defaultNodeLimits } from "../../../../../../server/features/nodes/rules.ts";
import type { NodePage, NodeRow } from "../../../../../../server/features/nodes/schema.ts";

export const testNow = new Date("2026-11-23T03:31:08.000Z");

export function msAgo(ms: number): string {
  return new Date(testNow.getTime() - ms).toISOString();
}

export function aNodeKey(number: number): string {
  return `0x${number.toString(16).padStart(64, "0")}`;
}

let made = 0;

/** A healthy node; every one has a key and a name of its own. */
export function aNodeRow(changes: Partial<NodeRow> = {}): NodeRow {
  made += 1;
  return {
    key: aNodeKey(made),
    name: `fsn1-s${String(made).padStart(2, "0")}`,
    status: { kind: "online", reason: "Heard 1.1 s ago, all figures within their limits." },
    host: null,
    provider: "6QProvider",
    providerName: null,
    clusterId: `0x${"c".repeat(40)}`,
    clusterName: "Dragon 1",
    mode: "Full",
    region: "eu-central",
    site: "fsn1",
    version: "1.14.2",
    opsPerSecond: 388,
    p50Ms: 11,
    p95Ms: 44,
    p99Ms: 187,
    failureRatio: 0.001,
    requests10s: 3_880,
    failures10s: 3,
    requests15m: 349_200,
    cpu: 0.38,
    memory: 0.71,
    disk: 0.62,
    diskGrowthPerHour: null,
    netInBps: 210_000_000,
    netOutBps: 1_940_000_000,
    linkBps: 10_000_000_000,
    heardAt: msAgo(1_100),
    storedBytes: 55.1 * 2 ** 40,
    capacityBytes: 64 * 2 ** 40,
    diskReadMs: 4.1,
    clockSkewMs: 12,
    reportEveryMs: 5_000,
    isRegistered: true,
    isDraining: false,
    removedAt: null,
    wrongPieces: null,
    probe: { at: msAgo(8_400), ok: true, latencyMs: 14, reason: null },
    spark: "388,402,,391",
    ...changes,
  };
}

export function aNodePage(rows: readonly NodeRow[], changes: Partial<NodePage> = {}): NodePage {
  const kinds = [...new Set(rows.map((row) => row.status.kind))];
  return {
    at: testNow.toISOString(),
    rows: [...rows],
    next: null,
    matching: rows.length,
    total: rows.length,
    byStatus: kinds.map((kind) => ({
      kind,
      nodes: rows.filter((row) => row.status.kind === kind).length,
    })),
    totals: { opsPerSecond: null, storedBytes: null, capacityBytes: null },
    facets: { clusterId: [], provider: [], region: [], mode: [], version: [] },
    limits: defaultNodeLimits,
    stalled: null,
    ...changes,
  };
}
