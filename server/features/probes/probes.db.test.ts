import { createServer } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { openNodeProbe } from "../../adapters/ddc/node-probe.ts";
import { buildMetrics } from "../../adapters/metrics/build-metrics.ts";
import { electionOver } from "../../adapters/postgres/election.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { NodeProbe, ProbeResult } from "../../ports/node-probe.ts";
import { aCtx, silentLogger } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { aKey } from "../../testing/indexer-database.ts";
import { noticesOf } from "../../testing/listen-notices.ts";
import { keepPartitions } from "./keep-partitions.ts";
import { listProbes } from "./list-probes.ts";
import { probeNode } from "./probe-node.ts";
import { toRecord } from "./rules.ts";
import { startProbes } from "./start-probes.ts";
import { storeProbes } from "./store.ts";

const network: NetworkName = "mainnet";
const start = "2026-11-23T12:00:00.000Z";
const answered: ProbeResult = {
  kind: "answered",
  latencyMs: 14,
  httpStatus: 200,
  info: { version: "1.15.0" },
  clockSkewMs: 120,
};
const unanswered: ProbeResult = { kind: "failed", reason: "refused", detail: "It refuses connections." };

function until(condition: () => Promise<unknown>): Promise<unknown> {
  return vi.waitUntil(condition, { timeout: 30_000, interval: 20 });
}

async function insertNode(
  db: TestDatabase,
  parts: { httpPort?: number; isRegistered?: boolean; removedAt?: Date } = {},
) {
  const key = aKey();
  const registered = { host: "127.0.0.1", domain: null, ssl: false, httpPort: parts.httpPort ?? 8080 };
  const [row] = await db.sql<{ id: number }>(
    "INSERT INTO ddc_node (network, node_key, registered, removed_at) VALUES ($1, $2, $3, $4) RETURNING id",
    [
      networkByName(network).id,
      key,
      parts.isRegistered === false ? null : JSON.stringify(registered),
      parts.removedAt ?? null,
    ],
  );
  return { id: row?.id ?? 0, key };
}

async function stateOf(db: TestDatabase, node: number) {
  const rows = await db.sql<{
    kind: string | null;
    missed: number;
    missed_since: Date | null;
    answered_at: Date | null;
    version: string | null;
  }>("SELECT kind, missed, missed_since, answered_at, version FROM node_probe_state WHERE node = $1", [node]);
  return rows[0];
}

function aSchedule(db: TestDatabase, nodeProbe: NodeProbe, clock = fakeClock(start)) {
  const probes = startProbes({
    db,
    nodeProbe,
    clock,
    log: silentLogger,
    metrics: buildMetrics({}),
    election: electionOver({ connectionString: db.url, log: silentLogger, beatMs: 20 }),
    tickMs: 10,
  });
  return { clock, [Symbol.asyncDispose]: () => probes.stop() };
}

describe("startProbes", () => {
  it("asks every registered node in its turn, and nobody else", async () => {
    await using db = await testDatabase();
    const asked = new Set<number>();
    const nodes = await Promise.all([8_001, 8_002, 8_003].map((httpPort) => insertNode(db, { httpPort })));
    await insertNode(db, { httpPort: 9_998, isRegistered: false });
    await insertNode(db, { httpPort: 9_999, removedAt: new Date(start) });
    const probe: NodeProbe["probe"] = async ({ httpPort }) => {
      asked.add(httpPort);
      return answered;
    };
    await using schedule = aSchedule(db, { probe });
    await until(async () => {
      schedule.clock.advance(1_000);
      const states = await Promise.all(nodes.map(({ id }) => stateOf(db, id)));
      return states.every((state) => state?.kind === "answered");
    });
    expect(asked).toEqual(new Set([8_001, 8_002, 8_003]));
  });

  it("stores what a real node answers, and that it answers no more", async () => {
    await using db = await testDatabase();
    const server = createServer((_, response) => response.end('{"version":"1.15.0"}'));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const { id } = await insertNode(db, {
      httpPort: typeof address === "object" && address !== null ? address.port : 0,
    });
    await using schedule = aSchedule(db, openNodeProbe({ allow: ["127.0.0.0/8"] }));
    await until(async () => {
      schedule.clock.advance(15_000);
      return (await stateOf(db, id))?.version === "1.15.0";
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await until(async () => {
      schedule.clock.advance(15_000);
      return ((await stateOf(db, id))?.missed ?? 0) >= 2;
    });
  });
});

describe("storeProbes", () => {
  const run = (db: TestDatabase) => (text: string, values: readonly unknown[]) => db.sql(text, values);
  const at = (seconds: number) => new Date(Date.parse(start) + seconds * 1_000);

  it("counts failures in a row from the first one, and forgets them at an answer", async () => {
    await using db = await testDatabase();
    await keepPartitions(db, at(0));
    const { id: node } = await insertNode(db);
    const record = (seconds: number, result: ProbeResult) =>
      toRecord({ node, network: 3, at: at(seconds), askedBy: null }, result);
    await storeProbes(run(db), [record(0, answered)]);
    await storeProbes(run(db), [record(15, unanswered)]);
    await storeProbes(run(db), [record(30, unanswered)]);
    expect(await stateOf(db, node)).toEqual({
      kind: "failed",
      missed: 2,
      missed_since: at(15),
      answered_at: at(0),
      version: "1.15.0",
    });
    await storeProbes(run(db), [record(45, answered)]);
    expect(await stateOf(db, node)).toMatchObject({ kind: "answered", missed: 0, missed_since: null });
    const hours = await db.sql("SELECT probes, answered, latency_ms_sum, latency_ms_max FROM node_probe_1h");
    expect(hours).toEqual([{ probes: 4, answered: 2, latency_ms_sum: 28, latency_ms_max: 14 }]);
  });

  it("tells the live layer which nodes changed, one notice a network", async () => {
    await using db = await testDatabase();
    await keepPartitions(db, at(0));
    const [one, other] = [await insertNode(db), await insertNode(db)];
    const notices = await noticesOf(db, () =>
      storeProbes(
        run(db),
        [one, other].map(({ id }) => toRecord({ node: id, network: 3, at: at(1), askedBy: null }, answered)),
      ),
    );
    expect(notices).toEqual([
      { topic: "nodes.probes", network: 3, ids: [String(one.id), String(other.id)], at: at(1).getTime() },
    ]);
  });
});

describe("keepPartitions", () => {
  it("makes days ahead and drops those older than a week", async () => {
    await using db = await testDatabase();
    await keepPartitions(db, new Date("2026-11-01T12:00:00Z"));
    await keepPartitions(db, new Date("2026-11-09T12:00:00Z"));
    await keepPartitions(db, new Date("2026-11-09T12:00:00Z"));
    const rows = await db.sql<{ name: string }>(
      "SELECT relname AS name FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'node_probe'::regclass ORDER BY 1",
    );
    expect(rows.map(({ name }) => name)).toEqual([
      "node_probe_20261102",
      "node_probe_20261103",
      "node_probe_20261109",
      "node_probe_20261110",
      "node_probe_20261111",
    ]);
  });
});

describe("probeNode", () => {
  const probing = (result: ProbeResult, clock = fakeClock(start)) => ({
    clock,
    deps: { nodeProbe: { probe: async () => result } },
  });

  it("answers, remembers who asked, and writes it to the audit log", async () => {
    await using db = await testDatabase();
    const { key } = await insertNode(db);
    const ctx = aCtx({ db, role: "operator", ...probing(answered) });
    const entry = await probeNode(ctx, { network, key });
    expect(entry).toMatchObject({ kind: "answered", version: "1.15.0", askedBy: "A operator", at: start });
    expect(await listProbes(ctx, { network, key, limit: 10 })).toEqual({ rows: [entry], next: null });
    const audit = await db.sql("SELECT action, subject, network, after->>'kind' AS kind FROM audit_entry");
    expect(audit).toEqual([{ action: "node.probe", subject: `node:${key}`, network: 3, kind: "answered" }]);
  });

  it("lets the same node be asked again only after a while, whoever asks", async () => {
    await using db = await testDatabase();
    const { key } = await insertNode(db);
    const clock = fakeClock(start);
    const ask = () =>
      probeNode(aCtx({ db, role: "operator", ...probing(unanswered, clock) }), { network, key });
    await ask();
    clock.advance(4_999);
    await expect(ask()).rejects.toMatchObject({ code: "too_many" });
    clock.advance(1);
    expect(await ask()).toMatchObject({ kind: "failed", reason: "refused" });
  });

  it("asks only what the chain registers", async () => {
    await using db = await testDatabase();
    const { key } = await insertNode(db, { isRegistered: false });
    const ctx = aCtx({ db, role: "operator", ...probing(answered) });
    await expect(probeNode(ctx, { network, key })).rejects.toMatchObject({ code: "not_found" });
    await expect(probeNode(ctx, { network, key: aKey() })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("listProbes", () => {
  it("pages from the newest to the oldest", async () => {
    await using db = await testDatabase();
    const { id, key } = await insertNode(db);
    await keepPartitions(db, new Date(start));
    const records = [0, 15, 30].map((seconds) =>
      toRecord(
        { node: id, network: 3, at: new Date(Date.parse(start) + seconds * 1_000), askedBy: null },
        answered,
      ),
    );
    await storeProbes((text, values) => db.sql(text, values), records);
    const first = await listProbes({ db }, { network, key, limit: 2 });
    const rest = await listProbes({ db }, { network, key, limit: 2, cursor: first.next });
    expect([...first.rows, ...rest.rows].map(({ at }) => at.slice(17, 19))).toEqual(["30", "15", "00"]);
    expect(rest.next).toBeNull();
  });

  it("refuses a damaged page link", async () => {
    await using db = await testDatabase();
    const cursor = Buffer.from('["nonsense"]').toString("base64url");
    await expect(listProbes({ db }, { network, key: aKey(), limit: 2, cursor })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
