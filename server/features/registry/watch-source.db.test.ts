import { describe, expect, it } from "vitest";
import { networkByName } from "../../kernel/networks.ts";
import { aRegistry, sourceOf, until } from "../../testing/a-registry.ts";
import { emptyDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { testIndexer } from "../../testing/indexer-database.ts";
import { publishedClusters } from "./source-rules.ts";

describe("what the registry says of its sources", () => {
  it("names families that are not configured, and what would configure them", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    await using _registry = aRegistry(db, {}, clock);
    await until(async () => (await sourceOf(db, "devnet", clock)) !== undefined);
    expect(await sourceOf(db, "devnet", clock)).toMatchObject({
      state: "absent",
      reason: expect.stringContaining("INDEXER_DEVNET_DDC_URL"),
    });
  });

  it("says that an indexer stands, and that it goes on again", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(db, { mainnet: indexer }, clock);
    await until(async () => (await sourceOf(db, "mainnet", clock))?.state === "ok");
    clock.advance(9_500);
    await until(async () => (await sourceOf(db, "mainnet", clock))?.reason?.includes("stands at #100"));
    await indexer.setPosition({ height: 101 });
    await until(async () => (await sourceOf(db, "mainnet", clock))?.state === "ok");
  });

  it("says that an indexer cannot be reached while the others go on", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(
      db,
      { mainnet: indexer, testnet: { url: "postgres://nobody@127.0.0.1:1/none", schema: "public" } },
      clock,
    );
    await until(async () => (await sourceOf(db, "testnet", clock))?.state === "unreachable");
    await until(async () => (await sourceOf(db, "mainnet", clock))?.state === "ok");
  });

  it("refuses a database of another network, and shows nothing of it", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    await indexer.addCluster({ id: publishedClusters.testnet });
    await indexer.addNode();
    await indexer.setPosition({ height: 100 });
    await using _registry = aRegistry(db, { mainnet: indexer }, clock);
    await until(async () => (await sourceOf(db, "mainnet", clock))?.state === "refused");
    expect(await db.sql("SELECT FROM ddc_node")).toEqual([]);
  });

  it("takes a database for proved when the chain indexer has its finalized block, and else refuses it", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    await using chain = await emptyDatabase();
    const clock = fakeClock();
    const hash = `0x${"ab".repeat(32)}`;
    await chain.pool.query(
      `CREATE TABLE block (id varchar PRIMARY KEY, height int, hash bytea, "timestamp" timestamptz);
       CREATE SCHEMA squid_processor;
       CREATE TABLE squid_processor.status (id int PRIMARY KEY, height int, hash text);
       CREATE TABLE squid_processor.hot_block (height int PRIMARY KEY, hash text);
       INSERT INTO squid_processor.status VALUES (0, 99, '0x99');
       INSERT INTO block VALUES ('0', 0, '\\x${networkByName("mainnet").genesisHash.slice(2)}', '2022-01-01Z')`,
    );
    await indexer.setPosition({ height: 100, hash });
    await using _registry = aRegistry(
      db,
      { mainnet: indexer, "mainnet chain": { url: chain.url, schema: "public" } },
      clock,
    );
    await until(async () =>
      (await sourceOf(db, "mainnet", clock))?.identityReason.includes("None of its blocks"),
    );
    await chain.sql(`INSERT INTO block VALUES ('100', 100, $1, '2026-11-23T11:59:58Z')`, [
      Buffer.from("ab".repeat(32), "hex"),
    ]);
    await until(async () => (await sourceOf(db, "mainnet", clock))?.identity === "proved");
    await until(async () => (await sourceOf(db, "mainnet", clock))?.lagMs === 2_000);
    expect(await sourceOf(db, "mainnet", clock)).toMatchObject({ state: "ok", lagBlocks: 0 });
    await chain.sql(`INSERT INTO block VALUES ('101', 101, $1, '2026-11-23T12:00:04Z')`, [
      Buffer.from("cd".repeat(32), "hex"),
    ]);
    await indexer.setPosition({ height: 101, hash });
    await until(async () => (await sourceOf(db, "mainnet", clock))?.state === "refused");
  });

  it("refuses one database under the names of two networks", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    await indexer.setPosition({ height: 100, hash: "0xabcdef" });
    await using _registry = aRegistry(db, { mainnet: indexer, devnet: indexer }, clock);
    for (const network of ["mainnet", "devnet"] as const)
      await until(async () => (await sourceOf(db, network, clock))?.state === "refused");
  });

  it("keeps the time since when an indexer stands over a change of hands", async () => {
    await using db = await testDatabase();
    await using indexer = await testIndexer();
    const clock = fakeClock();
    await indexer.setPosition({ height: 100 });
    {
      await using _first = aRegistry(db, { mainnet: indexer }, clock);
      await until(async () => (await sourceOf(db, "mainnet", clock))?.state === "ok");
    }
    clock.advance(9_500);
    await using _second = aRegistry(db, { mainnet: indexer }, clock);
    await until(async () => (await sourceOf(db, "mainnet", clock))?.reason?.includes("stands at"));
  });
});
