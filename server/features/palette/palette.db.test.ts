import { describe, expect, it } from "vitest";
import { toSs58 } from "../../kernel/ss58.ts";
import { aCtx, viewerCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { insertNode } from "../nodes/testing/insert-node.ts";
import { searchPalette } from "./search-palette.ts";

const clusterId = `0x${"cd".repeat(20)}`;
const provider = toSs58(`0x${"77".repeat(32)}`);
const search = (db: TestDatabase, text: string) => searchPalette(viewerCtx(db), { network: "mainnet", text });

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
  return Object.assign(db, { one });
}

describe("the palette", () => {
  it("opens a node by its key, in hex and as an account", async () => {
    await using db = await withNodes();
    const { key } = db.one;
    for (const text of [key, toSs58(key), ` "${key.slice(2)}" `]) {
      const { recognised } = await search(db, text);
      expect(recognised).toEqual([
        {
          kind: "node_key",
          id: key,
          label: "Node key",
          explanation: "fsn1-s07 on mainnet.",
          href: `/mainnet/nodes/${key}`,
        },
      ]);
    }
  });

  it("opens a provider's nodes and a cluster", async () => {
    await using db = await withNodes();
    expect((await search(db, provider)).recognised[0]).toMatchObject({
      kind: "account",
      explanation: "Provides 1 node on mainnet.",
      href: `/mainnet/nodes?provider=${provider}`,
    });
    expect((await search(db, clusterId)).recognised[0]).toMatchObject({
      kind: "cluster_id",
      explanation: "1 node on mainnet.",
      href: `/mainnet/clusters/${clusterId}`,
    });
  });

  it("explains what it knows but cannot open", async () => {
    await using db = await withNodes();
    for (const [text, kind, words] of [
      ["24,817,344", "block_height", "not indexed"],
      [`0x${"12".repeat(32)}`, "hash", "No node has this key"],
      [toSs58(`0x${"13".repeat(32)}`), "account", "provides no node"],
      [`0x${"14".repeat(20)}`, "cluster_id", "no network has this cluster"],
      ["baebb4ibkqsehkcnjf3kml5huvs2k5qjdfwqys4go7bcvrr374d3ygnx3qi", "cid", "not indexed"],
    ] as const) {
      const { recognised } = await search(db, text);
      expect(recognised).toHaveLength(1);
      expect(recognised[0]).toMatchObject({ kind, href: null });
      expect(recognised[0]?.explanation).toContain(words);
    }
  });

  it("finds nodes by name, host, region and part of a key, of this network first", async () => {
    await using db = await withNodes();
    const titles = async (text: string) => (await search(db, text)).hits.map(({ title }) => title);
    expect(await titles("fsn1")).toEqual(["fsn1-s07", "fsn1-t01"]);
    expect(await titles("EU-central s07")).toEqual(["fsn1-s07"]);
    expect(await titles("http://s03.ash1.example:8080/info")).toEqual(["ash1-s03"]);
    expect(await titles(db.one.key.slice(0, 12))).toEqual(["fsn1-s07"]);
    expect(await titles("%")).toEqual([]);
    expect(await titles("0xcdcdcd")).toEqual(["fsn1-s07", "0xcdcd…cdcd"]);
    expect(await titles("nowhere")).toEqual([]);
  });

  it("does not tell of networks that the person may not see", async () => {
    await using db = await withNodes();
    const ctx = aCtx({ db, role: "viewer", network: "testnet" });
    const found = await searchPalette(ctx, { network: "testnet", text: "fsn1" });
    expect(found.hits.map(({ network }) => network)).toEqual(["testnet"]);
    expect(
      (await searchPalette(ctx, { network: "testnet", text: db.one.key })).recognised[0]?.href,
    ).toBeNull();
  });

  it("says how many more there are", async () => {
    await using db = await testDatabase();
    for (let index = 0; index < 25; index++)
      await insertNode(db, { reported: { "host.name": `many-${index}` } });
    const { hits, more } = await search(db, "many");
    expect([hits.length, more]).toEqual([20, 5]);
  });
});
