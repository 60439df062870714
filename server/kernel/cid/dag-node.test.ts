import { blake3 } from "@noble/hashes/blake3.js";
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CidKind, cidFromBytes, cidOf } from "./cid.ts";
import { type DagNode, encodeDagNode } from "./dag-node.ts";
import { decodeDagNode, listDagLinks } from "./decode-dag-node.ts";
import { parseCid } from "./parse-cid.ts";

const anyKind = fc.constantFrom<CidKind>("dag-node", "raw-piece", "multipart-piece");
const anyCid = fc
  .tuple(anyKind, fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([kind, digest]) => cidOf(kind, digest));
const anyText = fc.string({ unit: "grapheme", maxLength: 20 });
const anyNode: fc.Arbitrary<DagNode> = fc.record({
  data: fc.uint8Array({ maxLength: 64 }),
  links: fc.array(
    fc.record({ cid: anyCid, name: anyText, size: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
    { maxLength: 8 },
  ),
  tags: fc.array(fc.record({ key: anyText, value: anyText }), { maxLength: 4 }),
});
const leaf = cidOf("raw-piece", blake3(utf8ToBytes("leaf")));
const hex = (text: string) => hexToBytes(text.replaceAll(" ", ""));

describe("a CID", () => {
  it("comes back from its text and its bytes", () => {
    fc.assert(
      fc.property(anyCid, (cid) => {
        expect(parseCid(cid.text)).toEqual({ kind: "cid", cid });
        expect(cidFromBytes(cid.bytes)).toEqual(cid);
      }),
      { numRuns: 2_000 },
    );
  });

  it("has one text: any other character in it makes it another CID or none", () => {
    fc.assert(
      fc.property(anyCid, fc.nat(58), fc.string({ minLength: 1, maxLength: 1 }), (cid, at, letter) => {
        const text = `${cid.text.slice(0, at)}${letter}${cid.text.slice(at + 1)}`;
        const parsed = parseCid(text);
        if (parsed.kind === "cid") expect(parsed.cid.text).toBe(text);
        else expect(parsed.fault.at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a DAG node", () => {
  it("comes back from its encoding, without oddities", () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        expect(decodeDagNode(encodeDagNode(node))).toEqual({ kind: "node", node, oddities: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps sizes beyond 2^53 exact", () => {
    const node = {
      data: new Uint8Array(0),
      tags: [],
      links: [{ cid: leaf, name: "big", size: 2n ** 63n + 1n }],
    };
    expect(decodeDagNode(encodeDagNode(node))).toMatchObject({ kind: "node", node });
  });

  it("is listed in parts, each beginning where the last ended", () => {
    const links = Array.from({ length: 25 }, (_, index) => ({ cid: leaf, name: `f${index}`, size: 1n }));
    const bytes = encodeDagNode({ data: utf8ToBytes("dir"), links, tags: [{ key: "k", value: "v" }] });
    const seen: string[] = [];
    for (let at: number | null = 0; at !== null; ) {
      const part = listDagLinks(bytes, { at, limit: 10 });
      if (part.kind === "fault") throw new Error(part.reason);
      seen.push(...part.links.map(({ name }) => name));
      at = part.nextAt;
    }
    expect(seen).toEqual(links.map(({ name }) => name));
  });

  const link = `0a24${Buffer.from(leaf.bytes).toString("hex")}`;
  it.each([
    ["is cut within a length", "0a", 1, "cut off"],
    ["is cut within its data", "0a 04 61", 1, "beyond the end"],
    ["has a link that is cut", `12 27 ${link}`, 1, "beyond the end"],
    ["has a tag of field 0", "02 00", 0, "no field tag"],
    ["has a group", "0b 0c", 0, "wire type 3"],
    ["has data that is a number", "08 01", 0, "wire type 0"],
    ["has a link without a CID", "12 03 12 01 61", 0, "no CID"],
    ["has a link with a short CID", "12 04 0a 02 01 02", 6, "2 bytes"],
    ["has a link with a name that is not UTF-8", `12 29 ${link} 12 01 ff`, 42, "UTF-8"],
    ["has a number of eleven bytes", "0a ff ff ff ff ff ff ff ff ff ff 01", 1, "ten bytes"],
  ])("that %s is refused at its byte", (_, bytes, at, reason) => {
    expect(decodeDagNode(hex(bytes))).toMatchObject({
      kind: "fault",
      at,
      reason: expect.stringContaining(reason),
    });
  });

  it.each([
    ["links before data", `12 26 ${link} 0a 01 61`, 40],
    ["data twice", "0a 01 61 0a 01 62", 3],
    ["empty data", "0a 00", 0],
    ["a size of zero", `12 28 ${link} 18 00`, 40],
    ["an unknown field", "20 01", 0],
    ["a length in two bytes", "0a 81 00 61", 0],
  ])("with %s is read, and said to be odd there", (_, bytes, at) => {
    const decoded = decodeDagNode(hex(bytes));
    expect(decoded.kind === "node" && decoded.oddities[0]?.at).toBe(at);
  });
});
