import { describe, expect, it } from "vitest";
import { findCid } from "../../kernel/cid/parse-cid.ts";
import { toSs58 } from "../../kernel/ss58.ts";
import { aCtx, adminCtx, viewerCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { insertNode } from "../nodes/testing/insert-node.ts";
import { publishedClusters } from "../registry/source-rules.ts";
import { searchPalette } from "./search-palette.ts";
import { raw } from "./testing/pasted-inputs.ts";

const clusterId = `0x${"cd".repeat(20)}`;
const provider = toSs58(`0x${"77".repeat(32)}`);
const owner = toSs58(`0x${"78".repeat(32)}`);
const search = (db: TestDatabase, text: string) => searchPalette(viewerCtx(db), { network: "mainnet", text });
const titles = async (db: TestDatabase, text: string) =>
  (await search(db, text)).hits.map(({ title }) => title);

async function withNodes() {
  const db = await testDatabase();
  const named = (name: string, region: string) => ({
    reported: { "host.name": name, "cloud.region": region },
  });
  const one = await insertNode(db, {
    ...named("fsn1-s07", "eu-central"),
    host: "s07.fsn1.example",
    provider,
    clusterId,
  });
  await insertNode(db, { ...named("ash1-s03", "us-east"), host: "s03.ash1.example" });
  await insertNode(db, { ...named("fsn1-t01", "eu-central"), host: "t01.fsn1.example", network: "testnet" });
  await insertBucket(db, 27_327, owner);
  return Object.assign(db, { one });
}

async function insertBucket(db: TestDatabase, bucket: number, of: string, network = 3) {
  await db.sql(
    "INSERT INTO ddc_bucket (network, bucket, owner, is_public, is_removed) VALUES ($1, $2, $3, true, false)",
    [network, bucket, of],
  );
}

describe("the palette recognises", () => {
  it("a node by its key, in hex and as an account", async () => {
    await using db = await withNodes();
    const { key } = db.one;
    for (const text of [key, toSs58(key), ` "${key.slice(2)}" `, `node ${key} is silent`]) {
      const { recognised, hits } = await search(db, text);
      expect(recognised).toMatchObject([
        { kind: "node", id: key, label: "Node key", href: `/mainnet/nodes/${key}` },
      ]);
      expect(recognised[0]?.explanation).toContain("fsn1-s07 on mainnet");
      expect(hits).toEqual([]);
    }
  });

  it("accounts by what they have to do with", async () => {
    await using db = await withNodes();
    expect((await search(db, provider)).recognised[0]).toMatchObject({
      kind: "account",
      explanation: "It provides nodes on mainnet.",
      links: [{ label: "Nodes it provides", href: `/mainnet/nodes?provider=${provider}` }],
    });
    await insertBucket(db, 9, provider);
    expect((await search(db, provider)).recognised[0]).toMatchObject({
      explanation: "It provides nodes and owns buckets on mainnet.",
    });
    expect((await search(db, owner)).recognised[0]).toMatchObject({
      explanation: "It owns buckets on mainnet.",
    });
  });

  it("clusters and buckets of every network that the person may see", async () => {
    await using db = await withNodes();
    await insertBucket(db, 27_327, owner, 2);
    expect((await search(db, clusterId)).recognised).toMatchObject([
      { kind: "cluster", href: `/mainnet/clusters/${clusterId}` },
    ]);
    const { recognised } = await search(db, "bucket #27,327");
    expect(recognised.map(({ href }) => href)).toEqual([
      "/mainnet/data/buckets/27327",
      "/testnet/data/buckets/27327",
    ]);
    expect((await search(db, "27327")).recognised.map(({ kind }) => kind)).toEqual([
      "block",
      "bucket",
      "bucket",
    ]);
    expect((await search(db, "bucket 5")).recognised).toMatchObject([{ kind: "bucket", href: null }]);
    expect((await search(db, "5")).recognised).toEqual([]);
  });

  it("heights by the clock of the asked network", async () => {
    await using db = await withNodes();
    await db.sql(
      `INSERT INTO registry_source (network, family, state, since, checked_at, height, identity, identity_reason)
       VALUES (3, 'ddc', 'ok', now(), now(), 24817344, 'proved', '')`,
    );
    const explained = async (text: string) => (await search(db, text)).recognised[0]?.explanation;
    expect(await explained("#24,816,744")).toBe("About 1 h 00 m ago: mainnet is at #24,817,344.");
    expect(await explained("24817344")).toBe("The newest block: mainnet is at #24,817,344.");
    expect(await explained("block 24,817,944")).toContain("Not there yet");
  });

  it("content, with the bucket that recent activity read it from", async () => {
    await using db = await withNodes();
    expect((await search(db, raw)).recognised).toMatchObject([
      {
        kind: "cid",
        id: raw,
        href: `/mainnet/data/cids/${raw}`,
        explanation: expect.stringContaining("Not in recent"),
      },
    ]);
    await db.sql("CREATE TABLE activity_any PARTITION OF activity DEFAULT");
    await db.sql(
      `INSERT INTO activity (at, bucket, bytes, cid_prefix, kafka_offset, node, source, network, operation, status, content_type, cid)
       SELECT now(), 27327, 1, ('x' || encode(substr(cid, 5, 8), 'hex'))::bit(64)::bigint, 0, 1, 1, 3, 1, 0, 0, cid
       FROM (SELECT $1::bytea AS cid) AS given`,
      [Buffer.from(findCid(raw)?.bytes ?? [])],
    );
    expect((await search(db, `ipfs://${raw}`)).recognised).toMatchObject([
      {
        href: `/mainnet/data/cids/${raw}?bucket=27327`,
        explanation: "Seen in recent activity on mainnet, bucket 27327.",
      },
    ]);
  });

  it.each([
    ["0x12", "", "none"],
    [`0x${"12".repeat(32)}`, "hash", "No node has this key"],
    [toSs58(`0x${"13".repeat(32)}`), "account", "provides no node"],
    [toSs58(`0x${"13".repeat(32)}`, 0), "account", "Written for Polkadot"],
    [`0x${"14".repeat(20)}`, "cluster", "no network has this cluster"],
    [`${raw.slice(0, 20)}1${raw.slice(21)}`, "unreadable", 'Character 21: "1" is not one of the characters'],
    ["ines@northbeam.example", "person", "admins only"],
    ["cere_pat_7Yh2kQmT4vLxJ9dPbWnR3sCfZ8aE", "secret", "not searched"],
  ])("%s, and says plainly what it cannot open", async (text, kind, words) => {
    await using db = await withNodes();
    const { recognised } = await search(db, text);
    if (words === "none") return expect(recognised).toEqual([]);
    expect(recognised).toMatchObject([{ kind, href: kind === "account" ? expect.any(String) : null }]);
    expect(recognised[0]?.explanation).toContain(words);
  });
});

describe("the palette finds", () => {
  it("nodes by name, host, region and part of a key, of this network first", async () => {
    await using db = await withNodes();
    expect(await titles(db, "fsn1")).toEqual(["fsn1-s07", "fsn1-t01"]);
    expect(await titles(db, "f")).toEqual(["fsn1-s07", "fsn1-t01"]);
    expect(await titles(db, "EU-central s07")).toEqual(["fsn1-s07"]);
    expect(await titles(db, "node s07")).toEqual(["fsn1-s07"]);
    expect(await titles(db, "http://s03.ash1.example:8080/info")).toEqual(["ash1-s03"]);
    expect(await titles(db, db.one.key.slice(0, 12))).toEqual(["fsn1-s07"]);
    expect(await titles(db, "%")).toEqual([]);
    expect(await titles(db, "0xcdcdcd")).toEqual(["0xcdcd…cdcd", "fsn1-s07"]);
    expect(await titles(db, "nowhere")).toEqual([]);
  });

  it("buckets and accounts by the beginning of their id, and clusters by their published name", async () => {
    await using db = await withNodes();
    expect(await titles(db, "273")).toEqual(["Bucket 27327"]);
    expect((await search(db, owner.slice(0, 9))).hits).toMatchObject([{ kind: "account", id: owner }]);
    await insertNode(db, { clusterId: publishedClusters.mainnet, reported: { "host.name": "dus1-s01" } });
    expect(await titles(db, "dragon")).toEqual(["Dragon 1"]);
  });

  it("what changed under its new name, in the transaction that changed it", async () => {
    await using db = await withNodes();
    await db.sql(
      "UPDATE ddc_node SET reported = jsonb_set(reported, '{host.name}', '\"hel1-s99\"') WHERE id = $1",
      [db.one.id],
    );
    expect(await titles(db, "hel1")).toEqual(["hel1-s99"]);
    expect(await titles(db, "fsn1-s07")).toEqual([]);
    await db.sql("UPDATE ddc_node SET removed_at = now() WHERE id = $1", [db.one.id]);
    expect((await search(db, "hel1")).hits).toMatchObject([{ isGone: true }]);
    await db.sql("DELETE FROM ddc_node WHERE id = $1", [db.one.id]);
    expect(await titles(db, "hel1")).toEqual([]);
  });

  it("people, for admins only", async () => {
    await using db = await withNodes();
    const { email, id } = await insertPerson(db);
    await db.sql("UPDATE auth_user SET name = 'Mara Okafor' WHERE id = $1", [id]);
    const asAdmin = await searchPalette(adminCtx(db), { network: "mainnet", text: "okaf" });
    expect(asAdmin.hits).toMatchObject([{ kind: "person", id: email, network: null }]);
    expect(await titles(db, "okaf")).toEqual([]);
  });

  it("nothing of networks that the person may not see", async () => {
    await using db = await withNodes();
    const ctx = aCtx({ db, role: "viewer", network: "testnet" });
    const found = await searchPalette(ctx, { network: "testnet", text: "fsn1" });
    expect(found.hits.map(({ network }) => network)).toEqual(["testnet"]);
    const { recognised } = await searchPalette(ctx, { network: "testnet", text: db.one.key });
    expect(recognised).toMatchObject([{ kind: "hash", href: null }]);
    expect(
      (await searchPalette(ctx, { network: "testnet", text: "bucket 27327" })).recognised[0]?.href,
    ).toBeNull();
  });

  it("no more than fit, and says that there are more", async () => {
    await using db = await testDatabase();
    for (let index = 0; index < 25; index++)
      await insertNode(db, { reported: { "host.name": `many-${index}` } });
    const { hits, hasMore } = await search(db, "many");
    expect([hits.length, hasMore]).toEqual([20, true]);
    expect((await search(db, "many-2")).hasMore).toBe(false);
  });
});
