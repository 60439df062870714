import { describe, expect, it } from "vitest";
import { base32Alphabet } from "./base32.ts";
import { cidFromBytes, cidOf, isCid } from "./cid.ts";
import { encodeDagNode } from "./dag-node.ts";
import { decodeDagNode } from "./decode-dag-node.ts";
import { parseCid } from "./parse-cid.ts";

/** xorshift32: the same million inputs every time. */
function words(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const inputs = 500_000;
/** Seconds where the machine is quiet; a parser that hangs never ends. */
const limitMs = 300_000;

describe("a million inputs", () => {
  it(
    "half a million texts, near CIDs and far from them: each a CID of the same text, or a fault within the text",
    () => {
      const next = words(0x2545f491);
      const digest = new Uint8Array(32);
      for (let index = 0; index < inputs; index++) {
        const text = aText(next, digest);
        const parsed = parseCid(text);
        const isSound =
          parsed.kind === "cid"
            ? parsed.cid.text === text
            : parsed.fault.at >= 0 && parsed.fault.at + parsed.fault.length <= Math.max(text.length, 7);
        if (!isSound) throw new Error(`Wrong answer for ${JSON.stringify(text)}`);
      }
    },
    limitMs,
  );

  it(
    "half a million byte strings: each a node that encodes back unless it is odd, or a fault within the bytes",
    () => {
      const next = words(0x9e3779b9);
      let nodes = 0;
      for (let index = 0; index < inputs; index++) {
        const bytes = someBytes(next);
        const decoded = decodeDagNode(bytes);
        if (decoded.kind === "node") {
          nodes++;
          const isSame = Buffer.compare(encodeDagNode(decoded.node), bytes) === 0;
          if (isSame !== (decoded.oddities.length === 0)) throw new Error(`Wrong oddities: ${hexOf(bytes)}`);
        } else if (decoded.at < 0 || decoded.at > bytes.length)
          throw new Error(`No such byte: ${hexOf(bytes)}`);
        const cid = cidFromBytes(bytes);
        if (isCid(cid) && Buffer.compare(cid.bytes, bytes) !== 0)
          throw new Error(`Not itself: ${hexOf(bytes)}`);
      }
      expect(nodes).toBeGreaterThan(inputs / 100);
    },
    limitMs,
  );
});

/** A CID with a few characters changed, cut or put in; one in four is just characters. */
function aText(next: () => number, digest: Uint8Array): string {
  for (let at = 0; at < 32; at += 4) new DataView(digest.buffer).setUint32(at, next());
  const roll = next() % 4;
  if (roll === 0) return String.fromCharCode(...Array.from({ length: next() % 80 }, () => next() % 0x250));
  const { text } = cidOf(
    (["dag-node", "raw-piece", "multipart-piece"] as const)[next() % 3] ?? "raw-piece",
    digest,
  );
  if (roll === 1) return text;
  const at = next() % 60;
  const put = roll === 2 ? (base32Alphabet[next() % 32] ?? "") : String.fromCharCode(next() % 0x3000);
  return `${text.slice(0, at)}${put.repeat(next() % 3)}${text.slice(at + (next() % 3))}`;
}

const samples = [0, 1, 3].map((links) =>
  encodeDagNode({
    data: Uint8Array.of(1, 2, 3),
    links: Array.from({ length: links }, (_, index) => ({
      cid: cidOf("raw-piece", new Uint8Array(32).fill(index)),
      name: `name ${index}`,
      size: BigInt(index) * 1_000n,
    })),
    tags: [{ key: "k", value: "v" }],
  }),
);

/** A node with a few bytes changed or cut off; one in four is just bytes. */
function someBytes(next: () => number): Uint8Array {
  const roll = next() % 4;
  if (roll === 0) return Uint8Array.from({ length: next() % 48 }, () => next());
  const sample = samples[next() % samples.length] ?? new Uint8Array(0);
  const bytes = Uint8Array.from(sample);
  for (let changes = next() % 4; changes > 0; changes--) bytes[next() % bytes.length] = next();
  return roll === 1 ? bytes.subarray(0, next() % bytes.length) : bytes;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
