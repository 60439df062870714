import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSs58 } from "../../kernel/ss58.ts";
import { type Reading, readIdentifier, searchWords } from "./rules.ts";

const hex = `059eb46b239e382a4cf09f4af6496343a04b9d8514b2d27b3664ac35a6d679a8`;
const key = `0x${hex}`;
const cluster = "0x0059f5ada35eee46802d80750d5ca4a490640511";
const cid = "baebb4ibkqsehkcnjf3kml5huvs2k5qjdfwqys4go7bcvrr374d3ygnx3qi";
const asKey = (wasSs58: boolean): Reading => ({ kind: "key", hex: key, ss58: toSs58(key), wasSs58 });

describe("what a pasted text is", () => {
  it.each<[string, string, Reading]>([
    ["a node key", key, asKey(false)],
    ["in capitals", key.toUpperCase().replace("0X", "0x"), asKey(false)],
    ["without 0x", hex, asKey(false)],
    ["in quotes", ` "${key}", `, asKey(false)],
    ["in backticks", `\`${key}\``, asKey(false)],
    [
      "with spaces and line breaks",
      `0x059eb46b 239e382a 4cf09f4a\nf6496343 a04b9d85 14b2d27b 3664ac35 a6d679a8`,
      asKey(false),
    ],
    ["an account of Cere", toSs58(key), asKey(true)],
    ["with the generic prefix", toSs58(key, 42), asKey(true)],
    [
      "one letter wrong",
      toSs58(key).replace(/.$/, (last) => (last === "a" ? "b" : "a")),
      { kind: "misspelt_account", text: toSs58(key).replace(/.$/, (last) => (last === "a" ? "b" : "a")) },
    ],
    ["a cluster", cluster, { kind: "cluster", id: cluster }],
    ["a CID", cid, { kind: "cid", cid }],
    ["a height", "24817344", { kind: "height", height: 24_817_344 }],
    ["as the page writes it", "#24,817,344", { kind: "height", height: 24_817_344 }],
    ["with spaces", "24 817 344", { kind: "height", height: 24_817_344 }],
    ["in words", "block 12", { kind: "height", height: 12 }],
    [
      "an address of this console",
      `https://console.example/mainnet/nodes/${key}?from=now-1h`,
      { kind: "page", href: `/mainnet/nodes/${key}`, network: "mainnet", node: key, cluster: null },
    ],
    [
      "its path alone",
      `/testnet/clusters/${cluster}`,
      { kind: "page", href: `/testnet/clusters/${cluster}`, network: "testnet", node: null, cluster },
    ],
    [
      "with the key as an account",
      `/mainnet/nodes/${toSs58(key)}`,
      { kind: "page", href: `/mainnet/nodes/${key}`, network: "mainnet", node: key, cluster: null },
    ],
    [
      "of a list",
      "http://127.0.0.1:3000/devnet/nodes",
      { kind: "page", href: "/devnet/nodes", network: "devnet", node: null, cluster: null },
    ],
    [
      "of an overview",
      "/mainnet",
      { kind: "page", href: "/mainnet", network: "mainnet", node: null, cluster: null },
    ],
  ])("%s", (_, text, reading) => {
    expect(readIdentifier(text)).toEqual(reading);
  });

  it.each([
    "",
    "fsn1-s07",
    "12",
    "eu-central",
    "Northbeam",
    "0x059e",
    "0xzz",
    "https://example.org/",
    "/otherworld/nodes",
    "3.84",
    "%%%",
    `${key}0`,
  ])("is not an id: %j", (text) => {
    expect(readIdentifier(text)).toBeNull();
  });

  it("never fails, whatever is pasted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => void [readIdentifier(text), searchWords(text)]),
    );
  });

  it("searches the host of a pasted address, and else the words", () => {
    expect(searchWords("https://S07.fsn1.example:8080/info")).toBe("s07.fsn1.example");
    expect(searchWords('  "fsn1   s07" ')).toBe("fsn1 s07");
  });
});
