import { describe, expect, it } from "vitest";
import { packCell } from "../../kernel/cells.ts";
import { latencyBin } from "../../kernel/latency.ts";
import { networkByName } from "../../kernel/networks.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { aClusterId, anAccount } from "../../testing/indexer-database.ts";
import {
  insertNode,
  insertReading,
  insertRollup,
  insertWorker,
  makeRoom,
  testSelf,
} from "../nodes/testing/insert-node.ts";
import type { RegisteredClusterFacts } from "../registry/schema.ts";
import { getCluster } from "./get-cluster.ts";
import { getClusterHistory } from "./get-cluster-history.ts";
import { listClusters } from "./list-clusters.ts";
import { listClustersInput } from "./schema.ts";

const at = new Date("2026-11-23T12:00:40.000Z");
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);
const network = "mainnet";
const mainnet = networkByName(network).id;

const registered: RegisteredClusterFacts = {
  status: "Activated",
  managerId: "6R1",
  treasuryShare: "10000000000000000",
  validatorsShare: "20000000000000000",
  clusterReserveShare: "20000000000000000",
  storageBondSize: "1000000000000000",
  storageChillDelay: 20,
  storageUnbondingDelay: 30,
  prices: {
    mbStored: "48828",
    mbStreamed: "48828",
    putRequest: "24414",
    getRequest: "12207",
    cpuUnit: null,
    gpuUnit: null,
    ramUnit: null,
  },
  priceNames: "unit_per",
  erasureCodingRequired: 16,
  erasureCodingTotal: 48,
  replicationTotal: 20,
};

async function aNetwork() {
  const db = await testDatabase();
  await makeRoom(db);
  await insertWorker(db, { at });
  return Object.assign(db, { ctx: aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } }) });
}

async function insertCluster(db: TestDatabase, facts: RegisteredClusterFacts | null = registered) {
  const clusterId = aClusterId();
  const [row] = await db.sql<{ id: number }>(
    "INSERT INTO ddc_cluster (network, cluster_id, registered, registered_at_height) VALUES ($1, $2, $3, 12) RETURNING id",
    [mainnet, clusterId, facts],
  );
  return { id: row?.id ?? 0, clusterId };
}

async function insertSource(db: TestDatabase, state = "ok") {
  await db.sql(
    `INSERT INTO registry_source (network, family, state, since, checked_at, identity, identity_reason, height, projected_height)
     VALUES ($1, 'ddc', $2, $3, $3, 'unproven', '', 100, 100)`,
    [mainnet, state, at],
  );
}

async function insertBucket(
  db: TestDatabase,
  bucket: { id: number; owner: string; cluster: number; isRemoved?: boolean },
) {
  await db.sql(
    "INSERT INTO ddc_bucket (network, bucket, owner, cluster, is_public, is_removed) VALUES ($1, $2, $3, $4, true, $5)",
    [mainnet, bucket.id, bucket.owner, bucket.cluster, bucket.isRemoved ?? false],
  );
}

async function insertCharge(db: TestDatabase, charge: { account: string; at: Date; amount: string }) {
  await db.sql(
    "INSERT INTO ledger_account_1h (network, kind, at, account, amount, entries) VALUES ($1, 'charge', $2, $3, $4, 1)",
    [mainnet, charge.at, charge.account, charge.amount],
  );
}

async function insertClusterRollup(
  db: TestDatabase,
  cluster: number,
  window: { at: Date; latencyMs: number; count: number },
) {
  await db.sql(
    `INSERT INTO rollup_1m (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
     VALUES ($1, 2, $2, $3, $4, 0, 0, 0, $5::bigint[])`,
    [
      mainnet,
      cluster,
      window.at,
      window.count,
      [packCell(1, 0, latencyBin(window.latencyMs * 1_000), window.count)],
    ],
  );
}

const minute = (seconds: number) => new Date(Math.floor(ago(seconds).getTime() / 60_000) * 60_000);
const list = (changes: object = {}) => listClustersInput.parse({ network, ...changes });

describe("the list of clusters", () => {
  it("sums what its nodes report and do, and merges their latencies", async () => {
    await using db = await aNetwork();
    const { id, clusterId } = await insertCluster(db);
    const [busy, mute] = [
      await insertNode(db, { clusterId, reportedAt: ago(2), activeAt: ago(1) }),
      await insertNode(db, { clusterId, reportedAt: ago(900) }),
    ];
    await insertReading(db, busy, { at, gauges: { disk: 0.25, disk_total_bytes: 8e12 } });
    await insertRollup(db, busy, { at: ago(5), in: ["1s", "1m"], requests: [{ count: 120 }] });
    await insertRollup(db, busy, { at: ago(300), requests: [{ count: 30, status: 3 }, { count: 870 }] });
    await insertClusterRollup(db, id, { at: minute(0), latencyMs: 20, count: 100 });
    await insertBucket(db, { id: 1, owner: "6A", cluster: id });
    await insertBucket(db, { id: 2, owner: "6A", cluster: id, isRemoved: true });
    const { rows, nodesWithoutCluster } = await listClusters(db.ctx, list());
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      clusterId,
      name: null,
      status: "Activated",
      nodes: 2,
      capacity: { totalBytes: 8e12, usedBytes: 2e12, nodes: 2, reporting: 1 },
      replicationTotal: 20,
      erasureCodingRequired: 16,
      erasureCodingTotal: 48,
      buckets: 1,
    });
    expect(rows[0]?.byStatus.find(({ kind }) => kind === "silent")).toEqual({ kind: "silent", nodes: 1 });
    expect(rows[0]?.rate.opsPerSecond).toBe(12);
    expect(rows[0]?.rate.failureRatio).toBeCloseTo(30 / 1_020, 4);
    expect(Math.abs((rows[0]?.rate.p99Ms ?? 0) - 20)).toBeLessThanOrEqual(0.4);
    expect(nodesWithoutCluster).toBe(0);
    expect(mute.id).not.toBe(busy.id);
  });

  it("leaves figures unknown of a cluster that nothing was heard of", async () => {
    await using db = await aNetwork();
    const { clusterId } = await insertCluster(db, null);
    const { rows } = await listClusters(db.ctx, list());
    expect(rows).toEqual([
      {
        clusterId,
        name: null,
        status: null,
        nodes: 0,
        byStatus: [],
        capacity: { totalBytes: null, usedBytes: null, nodes: 0, reporting: 0 },
        rate: { opsPerSecond: null, p50Ms: null, p95Ms: null, p99Ms: null, failureRatio: null },
        replicationTotal: null,
        erasureCodingRequired: null,
        erasureCodingTotal: null,
        buckets: null,
      },
    ]);
  });

  it("counts nodes of no known cluster, and says why there are any", async () => {
    await using db = await aNetwork();
    await insertCluster(db);
    await insertNode(db, { reportedAt: ago(2) });
    const page = await listClusters(db.ctx, list());
    expect(page.nodesWithoutCluster).toBe(1);
    expect(page.caveats[0]).toContain("1 node of no known cluster");
  });

  it("goes on where the page before ended, and refuses a damaged link", async () => {
    await using db = await aNetwork();
    const ids = [await insertCluster(db), await insertCluster(db), await insertCluster(db)]
      .map(({ clusterId }) => clusterId)
      .sort();
    const first = await listClusters(db.ctx, list({ limit: 2 }));
    const rest = await listClusters(db.ctx, list({ limit: 2, cursor: first.next }));
    expect([...first.rows, ...rest.rows].map(({ clusterId }) => clusterId)).toEqual(ids);
    expect(rest.next).toBeNull();
    const cursor = Buffer.from('["0x"]').toString("base64url");
    await expect(listClusters(db.ctx, list({ cursor }))).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a cluster", () => {
  it("shows its parameters exactly, its places, and which nodes are here by telemetry only", async () => {
    await using db = await aNetwork();
    await insertSource(db);
    const { clusterId } = await insertCluster(db);
    await insertNode(db, { clusterId, provider: "6R1", reportedAt: ago(2) });
    const stray = await insertNode(db, { clusterId, provider: "6R2", reportedAt: ago(2), reported: {} });
    await db.sql("UPDATE ddc_node SET registered = registered || '{\"clusterId\": null}' WHERE id = $1", [
      stray.id,
    ]);
    await insertNode(db, { clusterId, provider: "6R2", removedAt: ago(60) });
    const detail = await getCluster(db.ctx, { network, clusterId });
    expect(detail).toMatchObject({ managerId: "6R1", createdAtHeight: 12, registryHeight: 100 });
    expect(detail.cluster.nodes).toBe(2);
    expect(detail.parameters.find(({ name }) => name === "cost_per_mb_stored")).toEqual({
      name: "cost_per_mb_stored",
      olderName: "unit_per_mb_stored",
      label: "Storage",
      value: "48828",
      unit: "cere_per_mb",
    });
    expect(detail.parameters.find(({ name }) => name === "cost_per_gpu_unit")?.value).toBeNull();
    expect(
      detail.topology.map(({ region, nodes, providers }) => [
        region,
        nodes,
        providers.map((p) => p.provider),
      ]),
    ).toEqual([
      ["eu-central", 1, ["6R1"]],
      [null, 1, ["6R2"]],
    ]);
    expect(detail.caveats).toEqual([expect.stringContaining("1 of its nodes")]);
    expect(detail.payouts).toMatchObject({ state: "not_indexed", family: "chain" });
  });

  it("that nobody has named does not exist", async () => {
    await using db = await aNetwork();
    const clusterId = aClusterId();
    await expect(getCluster(db.ctx, { network, clusterId })).rejects.toMatchObject({ code: "not_found" });
    await expect(getClusterHistory(db.ctx, { network, clusterId })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the history of a cluster", () => {
  it("draws what its nodes did together, with gaps where nothing was heard", async () => {
    await using db = await aNetwork();
    await insertSource(db);
    const { id, clusterId } = await insertCluster(db);
    await insertClusterRollup(db, id, { at: minute(600), latencyMs: 20, count: 120 });
    const history = await getClusterHistory(db.ctx, { network, clusterId, from: "now-15m", to: "now" });
    const get = history.operations.find(({ name }) => name === "get");
    expect(get?.values.filter((value) => value !== null)).toEqual([2]);
    expect(history.steps.grain).toBe("1m");
  });

  it("attributes charges of accounts that are only here, and names the rest as shared", async () => {
    await using db = await aNetwork();
    await insertSource(db);
    const [here, elsewhere] = [await insertCluster(db), await insertCluster(db)];
    const [only, both, other] = [anAccount(), anAccount(), anAccount()];
    await insertBucket(db, { id: 1, owner: only, cluster: here.id });
    await insertBucket(db, { id: 2, owner: both, cluster: here.id });
    await insertBucket(db, { id: 3, owner: both, cluster: elsewhere.id });
    await insertBucket(db, { id: 4, owner: other, cluster: elsewhere.id });
    const hour = new Date("2026-11-23T11:00:00Z");
    const large = "340282366920938463463374607431768211455";
    await insertCharge(db, { account: only, at: hour, amount: large });
    await insertCharge(db, { account: both, at: hour, amount: "5" });
    await insertCharge(db, { account: other, at: hour, amount: "7" });
    await insertCharge(db, { account: only, at: new Date("2026-11-20T11:00:00Z"), amount: "9" });
    const { charges } = await getClusterHistory(db.ctx, { network, clusterId: here.clusterId });
    expect(charges).toEqual({
      state: "allocated",
      attributed: large,
      attributedAccounts: 1,
      shared: "5",
      sharedAccounts: 1,
    });
  });

  it("says that charges are not indexed where there is no indexer", async () => {
    await using db = await aNetwork();
    const { clusterId } = await insertCluster(db);
    const { charges } = await getClusterHistory(db.ctx, { network, clusterId });
    expect(charges).toMatchObject({ state: "not_indexed" });
  });
});
