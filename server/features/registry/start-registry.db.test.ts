import { describe, expect, it } from "vitest";
import { networkByName } from "../../kernel/networks.ts";
import { aRegistry, sourceOf, until } from "../../testing/a-registry.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { aClusterId, aKey, anAccount, testIndexer } from "../../testing/indexer-database.ts";
import { noticesOf } from "../../testing/listen-notices.ts";

const mainnet = networkByName("mainnet").id;

async function nodesOf(db: TestDatabase) {
  return db.sql<{
    id: number;
    node_key: string;
    provider: string | null;
    cluster_id: string | null;
    removed_at: Date | null;
    host: string | null;
    reported_at: Date | null;
    registered_at_height: number | null;
  }>(
    `SELECT n.id, n.node_key, n.provider, c.cluster_id, n.removed_at, n.registered->>'host' AS host, n.reported_at, n.registered_at_height
     FROM ddc_node n LEFT JOIN ddc_cluster c ON c.id = n.cluster WHERE n.network = $1 ORDER BY n.id`,
    [mainnet],
  );
}

async function sumsOf(db: TestDatabase) {
  return db.sql("SELECT kind, at, amount, entries FROM ledger_1h WHERE network = $1 ORDER BY kind, at", [
    mainnet,
  ]);
}

describe("what the registry projects", () => {
  it("shows what the chain registered, and as of which block", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    const clusterId = await indexer.addCluster();
    const provider = anAccount();
    const key = await indexer.addNode({
      clusterId,
      providerId: provider,
      host: "s07.example",
      createdAtHeight: 7,
    });
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(db, { mainnet: indexer }, clock);
    await until(async () => (await nodesOf(db)).length === 1);
    expect(await nodesOf(db)).toMatchObject([
      {
        node_key: key,
        provider,
        cluster_id: clusterId,
        host: "s07.example",
        removed_at: null,
        registered_at_height: 7,
      },
    ]);
    await until(async () => (await sourceOf(db, "mainnet", clock))?.projectedHeight === 100);
    expect(await sourceOf(db, "mainnet", clock)).toMatchObject({
      state: "ok",
      identity: "unproven",
      height: 100,
    });
  });

  it("tells the live layer what changed, in the transaction that changes it", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    await indexer.addNode();
    await indexer.setPosition({ height: 100 });
    const notices = await noticesOf(db, async () => {
      await using _registry = aRegistry(db, { mainnet: indexer }, clock);
      await until(async () => (await sourceOf(db, "mainnet", clock))?.projectedHeight === 100);
    });
    const ids = notices
      .filter((notice) => notice.topic === "registry" && notice.network === mainnet)
      .map((notice) => String(notice.ids));
    expect(ids.filter((id) => id === "nodes")).toHaveLength(1);
    expect(new Set(ids)).toEqual(new Set(["nodes", "position"]));
  });

  it("completes a node that activity and telemetry named first, keeping its id and its cluster", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const key = aKey();
    const clusterId = aClusterId();
    const [cluster] = await db.sql<{ id: number }>(
      "INSERT INTO ddc_cluster (network, cluster_id) VALUES ($1, $2) RETURNING id",
      [mainnet, clusterId],
    );
    const [first] = await db.sql<{ id: number }>(
      "INSERT INTO ddc_node (network, node_key, cluster, reported_at) VALUES ($1, $2, $3, $4) RETURNING id",
      [mainnet, key, cluster?.id, new Date("2026-11-23T11:00:00Z")],
    );
    await indexer.addNode({ key, host: "s01.example", clusterId: null });
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(db, { mainnet: indexer });
    await until(async () => (await nodesOf(db))[0]?.host === "s01.example");
    expect(await nodesOf(db)).toMatchObject([
      { id: first?.id, node_key: key, cluster_id: clusterId, reported_at: new Date("2026-11-23T11:00:00Z") },
    ]);
  });

  it("marks a node that the chain dropped, and takes the mark away when it is back", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    await indexer.addNode();
    const key = await indexer.addNode({ createdAtHeight: 9 });
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(db, { mainnet: indexer });
    const isRemoved = async () => (await nodesOf(db)).find((node) => node.node_key === key)?.removed_at;
    await until(async () => (await isRemoved()) === null);
    await indexer.run("DELETE FROM ddc_node WHERE created_at_block_height = 9");
    await indexer.setPosition({ height: 101 });
    await until(async () => (await isRemoved()) instanceof Date);
    await indexer.addNode({ key });
    await indexer.setPosition({ height: 102 });
    await until(async () => (await isRemoved()) === null);
    const node = (await nodesOf(db)).find((found) => found.node_key === key);
    expect(node?.registered_at_height).toBe(9);
  });

  it("keeps everything while an indexer is rebuilt from the start", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    await indexer.addNode();
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(db, { mainnet: indexer }, clock);
    await until(async () => (await sourceOf(db, "mainnet", clock))?.projectedHeight === 100);
    await indexer.run("DELETE FROM ddc_node");
    await indexer.setPosition({ height: 3 });
    await until(async () => (await sourceOf(db, "mainnet", clock))?.state === "stalled");
    expect(await nodesOf(db)).toMatchObject([{ removed_at: null }]);
    expect(await sourceOf(db, "mainnet", clock)).toMatchObject({
      reason: expect.stringContaining("rebuilt"),
    });
  });

  it("adds every finalized deposit and charge once, also when the work changes hands", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const [alice, bob] = [anAccount(), anAccount()];
    const large = "170141183460469231731687303715884105727";
    await indexer.addLedger("deposit", {
      height: 1,
      account: alice,
      at: "2026-11-23T10:00:01Z",
      amount: large,
    });
    await indexer.addLedger("deposit", {
      height: 2,
      account: bob,
      at: "2026-11-23T10:59:59.999999Z",
      amount: "1",
    });
    await indexer.addLedger("charge", { height: 3, account: bob, at: "2026-11-23T11:00:00Z", amount: "5" });
    await indexer.addLedger("charge", { height: 101, account: bob, at: "2026-11-23T11:00:06Z", amount: "7" });
    await indexer.setPosition({ height: 100, hot: [101] });
    {
      await using _first = aRegistry(db, { mainnet: indexer });
      await until(async () => (await sumsOf(db)).length === 2);
    }
    await using _second = aRegistry(db, { mainnet: indexer });
    await indexer.setPosition({ height: 101 });
    await until(async () => {
      const [cursor] = await db.sql<{ entries: string }>(
        "SELECT entries FROM ledger_cursor WHERE kind = 'charge'",
      );
      return cursor?.entries === "2";
    });
    expect(await sumsOf(db)).toEqual([
      { kind: "charge", at: new Date("2026-11-23T11:00:00Z"), amount: "12", entries: "2" },
      {
        kind: "deposit",
        at: new Date("2026-11-23T10:00:00Z"),
        amount: (BigInt(large) + 1n).toString(),
        entries: "2",
      },
    ]);
    const accounts = await db.sql("SELECT account, amount FROM ledger_account_1h WHERE kind = 'charge'");
    expect(accounts).toEqual([{ account: bob, amount: "12" }]);
  });

  it("keeps buckets as they are now, with the largest u64 exact and the creation that was once known", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clusterId = await indexer.addCluster();
    const id = "18446744073709551615";
    await indexer.addBucket({ id, clusterId, createdAtHeight: 9, createdAt: "2026-11-20T00:00:00Z" });
    await indexer.addBucket({ id: "not a bucket" });
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(db, { mainnet: indexer });
    const buckets = () =>
      db.sql("SELECT u64(bucket) AS id, is_public, created_at FROM ddc_bucket WHERE cluster IS NOT NULL");
    const created_at = new Date("2026-11-20T00:00:00Z");
    await until(async () => (await buckets()).length === 1);
    expect(await buckets()).toEqual([{ id, is_public: true, created_at }]);
    await indexer.addBucket({
      id,
      clusterId,
      isPublic: false,
      createdAtHeight: -1,
      createdAt: "2026-11-23T00:00:00Z",
    });
    await until(async () => {
      const [bucket] = await db.sql<{ is_public: boolean }>("SELECT is_public FROM ddc_bucket");
      return bucket?.is_public === false;
    });
    expect(await buckets()).toEqual([{ id, is_public: false, created_at }]);
  });

  it("uses up no ids for nodes that did not change", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    await indexer.addNode();
    await indexer.setPosition({ height: 1 });
    const clock = fakeClock();
    await using _registry = aRegistry(db, { mainnet: indexer }, clock);
    for (let height = 2; height < 12; height += 1) {
      await indexer.setPosition({ height });
      await until(async () => (await sourceOf(db, "mainnet", clock))?.projectedHeight === height);
    }
    await indexer.addNode();
    await indexer.setPosition({ height: 12 });
    await until(async () => (await nodesOf(db)).length === 2);
    const [first, second] = await nodesOf(db);
    expect((second?.id ?? 0) - (first?.id ?? 0)).toBe(1);
  });
});
