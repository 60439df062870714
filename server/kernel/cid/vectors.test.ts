import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { openBlake3 } from "./blake3.ts";
import { cidFromBytes, cidOf, digestHex } from "./cid.ts";
import { encodeDagNode } from "./dag-node.ts";
import { decodeDagNode } from "./decode-dag-node.ts";
import fixtures from "./fixtures/cid-vectors.json" with { type: "json" };
import { findCid, parseCid } from "./parse-cid.ts";
import { verifyBlock } from "./verify-block.ts";

type Vector = {
  name: string;
  size?: number;
  cid: string;
  bytesHex: string;
  digestHex: string;
  contentType: string;
  inputHex?: string;
  inputSpec?: string;
  protobufHex?: string;
};

const vectors: readonly Vector[] = fixtures.vectors;

/** The bytes that a vector gives; null where only a reference to them is known. */
function contentOf({ inputHex, inputSpec, protobufHex, size = 0 }: Vector): Uint8Array | null {
  if (inputHex !== undefined) return hexToBytes(inputHex);
  if (protobufHex !== undefined) return hexToBytes(protobufHex);
  return inputSpec === undefined ? null : Uint8Array.from({ length: size }, (_, index) => index % 251);
}

const withContent = vectors.flatMap((vector) => {
  const content = contentOf(vector);
  return content === null ? [] : [{ ...vector, content }];
});

async function hashInParts(bytes: Uint8Array): Promise<Uint8Array> {
  const hasher = await openBlake3();
  for (let at = 0; at < bytes.length; at += 65_537) hasher.update(bytes.subarray(at, at + 65_537));
  return hasher.digest();
}

describe("published and computed CIDs", () => {
  it.each(vectors)("$name: text, bytes, kind and digest are one thing", (vector) => {
    const parsed = parseCid(vector.cid);
    const cid = parsed.kind === "cid" ? parsed.cid : null;
    expect(cid && bytesToHex(cid.bytes)).toBe(vector.bytesHex);
    expect(cid && digestHex(cid.digest)).toBe(vector.digestHex);
    expect(cid?.kind).toBe(vector.contentType);
    expect(cidFromBytes(hexToBytes(vector.bytesHex))).toEqual(cid);
    expect(cid && cidOf(cid.kind, cid.digest).text).toBe(vector.cid);
  });

  it("has the content of most of them", () => {
    expect(withContent.length).toBeGreaterThanOrEqual(15);
  });

  it.each(withContent)("$name: the content verifies, and one more byte does not", async (vector) => {
    const cid = findCid(vector.cid);
    if (cid === null) throw new Error("A vector is a CID.");
    const digest = await hashInParts(vector.content);
    expect(verifyBlock(cid, { kind: "hashed", digest })).toMatchObject({ kind: "verified" });
    const longer = new Uint8Array([...vector.content.subarray(0, 100), 1]);
    const wrong = await hashInParts(longer);
    expect(verifyBlock(cid, { kind: "hashed", digest: wrong }).kind).toBe(
      cid.kind === "multipart-piece" ? "unverifiable" : "mismatch",
    );
  });

  it.each(withContent.filter(({ size = 0 }) => size < 2_000_000))(
    "$name: another implementation of BLAKE3 agrees",
    async ({ content, digestHex: expected }) => {
      expect(bytesToHex(blake3(content))).toBe(expected);
      expect(bytesToHex(await hashInParts(content))).toBe(expected);
    },
  );

  it.each(vectors.filter(({ protobufHex }) => protobufHex !== undefined))(
    "$name: the node decodes without oddities and encodes to the same bytes",
    ({ protobufHex = "" }) => {
      const decoded = decodeDagNode(hexToBytes(protobufHex));
      expect(decoded).toMatchObject({ kind: "node", oddities: [] });
      expect(decoded.kind === "node" && bytesToHex(encodeDagNode(decoded.node))).toBe(protobufHex);
    },
  );
});

describe("texts that are no CID", () => {
  /** Where each is wrong, and how. */
  const faults: Readonly<Record<string, { code: string; at: number }>> = {
    "cns-name-fs": { code: "prefix", at: 0 },
    "cns-name-long-base32": { code: "version", at: 2 },
    uppercase: { code: "upper_case", at: 0 },
    truncated: { code: "too_short", at: 57 },
    "codec-0": { code: "codec", at: 4 },
    "ipfs-v1-raw-sha256": { code: "codec", at: 2 },
  };

  it.each(fixtures.invalid)("$name: $why", ({ name, input }) => {
    const parsed = parseCid(input);
    expect(parsed.kind === "fault" && parsed.fault).toMatchObject(faults[name] ?? { code: "not listed" });
  });

  const good = vectors[2]?.cid ?? "";
  const replaced = (at: number, letter: string) => `${good.slice(0, at)}${letter}${good.slice(at + 1)}`;

  it.each([
    ["nothing", "", "empty", 0],
    ["a digit that base32 has not", replaced(30, "1"), "alphabet", 30],
    ["a letter in upper case", replaced(30, "A"), "upper_case", 30],
    ["a character of two code units", replaced(30, "😀"), "alphabet", 30],
    ["another version", replaced(2, "i"), "version", 2],
    ["codec 4", replaced(3, "i"), "codec", 3],
    ["another hash function", replaced(5, "a"), "hash", 5],
    ["another digest length", replaced(6, "a"), "digest_length", 6],
    ["one character more", `${good}a`, "too_long", 59],
    ["bits behind the end", replaced(58, "v"), "padding", 58],
    ["a space behind it", `${good} `, "too_long", 59],
  ])("%s is refused at its place", (_, text, code, at) => {
    const parsed = parseCid(text);
    expect(parsed.kind === "fault" && { code: parsed.fault.code, at: parsed.fault.at }).toEqual({ code, at });
  });

  it("says what an IPFS CID is", () => {
    const parsed = parseCid("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    expect(parsed.kind === "fault" && parsed.fault.hint).toContain("IPFS");
  });
});
