import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { isAppError } from "../../kernel/errors.ts";
import { toSs58 } from "../../kernel/ss58.ts";
import type { IndexerFamily } from "../../ports/chain-index.ts";
import { emptyDatabase } from "../../testing/database.ts";
import { aKey, anAccount, type TestIndexer, testIndexer } from "../../testing/indexer-database.ts";
import { openChainIndex } from "./chain-index.ts";
import { openIndexerPool } from "./indexer-pool.ts";

function indexOver(indexer: Pick<TestIndexer, "url" | "schema">, family: IndexerFamily = "ddc") {
  return openChainIndex([
    { network: "mainnet", family, connectionString: indexer.url, schema: indexer.schema },
  ]);
}

async function faultOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return isAppError(error)
    ? { code: error.code, problem: error.details.problem, message: error.message }
    : error;
}

describe("openChainIndex", () => {
  it("reads nodes, clusters and position of one moment, with ids in hex and amounts exact", async () => {
    await using indexer = await testIndexer();
    const clusterId = await indexer.addCluster();
    const provider = anAccount();
    const key = await indexer.addNode({ clusterId, providerId: provider, createdAtHeight: 7 });
    await indexer.setPosition({ height: 100, hash: "0xaa", hot: [101, 102] });
    await using index = indexOver(indexer);
    const { position, nodes, clusters, unreadable } = await index.readRegistry("mainnet");
    expect(position).toEqual({
      finalizedHeight: 100,
      finalizedHash: "0xaa",
      height: 102,
      hotBlocks: 2,
      dated: null,
    });
    expect(nodes).toEqual([
      {
        nodeKey: key,
        host: "203.0.113.7",
        domain: null,
        ssl: false,
        httpPort: 8080,
        grpcPort: 9090,
        p2pPort: 9070,
        mode: "Full",
        providerId: provider,
        clusterId,
        createdAtHeight: 7,
      },
    ]);
    expect(clusters[0]).toMatchObject({
      clusterId,
      priceNames: "unit_per",
      prices: { mbStored: "123456789012345678901", cpuUnit: null },
    });
    expect(unreadable).toBe(0);
  });

  it("reads ids of the old prefix, takes a lost creation height as unknown, and counts what is no id", async () => {
    await using indexer = await testIndexer();
    const provider = aKey();
    const key = await indexer.addNode({ prefix: 42, providerId: toSs58(provider, 42) });
    await indexer.run(
      "INSERT INTO ddc_node SELECT 'nonsense', host, domain, ssl, 1, 2, 3, mode FROM ddc_node",
    );
    await indexer.setPosition({ height: 5 });
    await using index = indexOver(indexer);
    const { nodes, unreadable } = await index.readRegistry("mainnet");
    expect(
      nodes.map(({ nodeKey, createdAtHeight, providerId }) => ({ nodeKey, createdAtHeight, providerId })),
    ).toEqual([{ nodeKey: key, createdAtHeight: null, providerId: toSs58(provider) }]);
    expect(unreadable).toBe(1);
  });

  it("reads prices under the newer names as well", async () => {
    await using indexer = await testIndexer({ schema: "squid ddc" });
    await indexer.addCluster();
    await indexer.setPosition({ height: 5 });
    for (const name of ["mb_stored", "mb_streamed", "put_request", "get_request"])
      await indexer.run(`ALTER TABLE "squid ddc".ddc_cluster RENAME unit_per_${name} TO cost_per_${name}`);
    await indexer.run(`ALTER TABLE "squid ddc".ddc_cluster ADD cost_per_cpu_unit numeric DEFAULT 9`);
    await using index = indexOver(indexer);
    const { clusters } = await index.readRegistry("mainnet");
    expect(clusters[0]).toMatchObject({
      priceNames: "cost_per",
      prices: { mbStored: "123456789012345678901", cpuUnit: "9", gpuUnit: null },
    });
  });

  it("finds the newest block that carries a time", async () => {
    await using indexer = await testIndexer();
    const account = anAccount();
    await indexer.addLedger("deposit", { height: 40, account, at: "2026-11-23T10:00:00Z", amount: "1" });
    await indexer.addLedger("charge", { height: 44, account, at: "2026-11-23T10:00:24Z", amount: "1" });
    await indexer.setPosition({ height: 50 });
    await using index = indexOver(indexer);
    const { dated } = await index.position("mainnet", "ddc");
    expect(dated).toEqual({ height: 44, at: new Date("2026-11-23T10:00:24Z") });
  });

  it("pages through the ledger by time and id without losing microseconds", async () => {
    await using indexer = await testIndexer();
    const rows = [
      { height: 1, account: "a", at: "2026-11-23T10:00:00.000001Z", amount: "1" },
      {
        height: 2,
        account: "a",
        at: "2026-11-23T10:00:00.000002Z",
        amount: "340282366920938463463374607431768211455",
      },
      { height: 3, account: "b", at: "2026-11-23T10:00:00.000002Z", amount: "3" },
    ];
    for (const row of rows) await indexer.addLedger("charge", row);
    await using index = indexOver(indexer);
    const first = await index.listLedger("mainnet", { kind: "charge", after: null, limit: 2 });
    const rest = await index.listLedger("mainnet", { kind: "charge", after: first.at(-1) ?? null, limit: 2 });
    expect([...first, ...rest].map(({ amount }) => amount)).toEqual(rows.map(({ amount }) => amount));
  });

  it("knows a bucket's creation time only where its creation height is known", async () => {
    await using indexer = await testIndexer();
    await indexer.addBucket({ id: "1", createdAtHeight: 9 });
    await indexer.addBucket({ id: "2", createdAtHeight: -1 });
    await using index = indexOver(indexer);
    const buckets = await index.listBuckets("mainnet", { afterId: "", limit: 10 });
    expect(buckets.map(({ createdAt }) => createdAt)).toEqual([new Date("2026-11-23T10:00:00Z"), null]);
  });

  it("cannot write, whatever the rights of its user", async () => {
    await using indexer = await testIndexer();
    const pool = openIndexerPool({
      network: "mainnet",
      family: "ddc",
      connectionString: indexer.url,
      schema: "public",
    });
    try {
      const written = pool.read((read) => read("CREATE TABLE ours (a int)"));
      await expect(written).rejects.toMatchObject({ cause: { code: "25006" } });
    } finally {
      await pool.close();
    }
  });

  it("says which family is not configured and what would fill it", async () => {
    await using index = openChainIndex([]);
    expect(index.has("devnet", "ddc")).toBe(false);
    expect(await faultOf(index.position("devnet", "ddc"))).toMatchObject({
      code: "not_indexed",
      message: expect.stringContaining("cere-squid-indexer"),
    });
  });

  it("calls a database without the family's tables foreign", async () => {
    await using db = await emptyDatabase();
    await using index = indexOver({ url: db.url, schema: "public" });
    expect(await faultOf(index.position("mainnet", "ddc"))).toMatchObject({
      code: "upstream",
      problem: "foreign",
    });
  });

  it("calls rows of another shape foreign", async () => {
    await using indexer = await testIndexer();
    await indexer.addNode();
    await indexer.setPosition({ height: 1 });
    await indexer.run("ALTER TABLE ddc_node ALTER http_port TYPE text");
    await using index = indexOver(indexer);
    expect(await faultOf(index.readRegistry("mainnet"))).toMatchObject({
      problem: "foreign",
      message: expect.stringContaining("http_port"),
    });
  });

  it("calls a database that refuses, does not exist, or does not answer unreachable", async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const address = mute.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await using refusing = indexOver({ url: "postgres://a@127.0.0.1:1/a", schema: "public" });
    await using unanswering = openChainIndex(
      [
        {
          network: "mainnet",
          family: "ddc",
          connectionString: `postgres://a@127.0.0.1:${port}/a`,
          schema: "public",
        },
      ],
      { connectMs: 50, statementMs: 50 },
    );
    for (const index of [refusing, unanswering])
      expect(await faultOf(index.position("mainnet", "ddc"))).toMatchObject({ problem: "unreachable" });
    mute.close();
  });

  it("goes on after its connections were cut", async () => {
    await using indexer = await testIndexer();
    await indexer.setPosition({ height: 3 });
    await using index = indexOver(indexer);
    await index.position("mainnet", "ddc");
    await indexer.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'console-indexer-reader'",
    );
    expect(await index.position("mainnet", "ddc")).toMatchObject({ height: 3 });
  });

  it("can be cancelled while the database works", async () => {
    await using indexer = await testIndexer();
    const pool = openIndexerPool({
      network: "mainnet",
      family: "ddc",
      connectionString: indexer.url,
      schema: "public",
    });
    try {
      const stop = new AbortController();
      const started = Promise.withResolvers<void>();
      const reading = pool.read(async (read) => {
        const sleeping = read("SELECT pg_sleep(30)");
        started.resolve();
        return sleeping;
      }, stop.signal);
      await started.promise;
      stop.abort(new Error("the person left"));
      await expect(reading).rejects.toThrow("the person left");
    } finally {
      await pool.close();
    }
  });
});
