import { createHash } from "node:crypto";
import { blake3 } from "@noble/hashes/blake3.js";
import { expect, it } from "vitest";
import { cidFromBytes, isCid } from "../../server/kernel/cid/cid.ts";
import { decodeDagNode } from "../../server/kernel/cid/decode-dag-node.ts";
import { findCid } from "../../server/kernel/cid/parse-cid.ts";
import { localNetwork } from "../network/local-network.ts";
import { bigPieces, partBytes, sharedMultiparts } from "./big-pieces.ts";
import { BucketObjects, objectsPerBucket } from "./bucket-objects.ts";
import { textOf } from "./content-id.ts";
import { ContentIndex } from "./content-index.ts";
import { blake3 as fastBlake3 } from "./hash.ts";
import { heldObject, holdersOf } from "./replicas.ts";
import { noise } from "./stored.ts";

const network = localNetwork("mainnet");
const objects = new BucketObjects("mainnet");
const index = new ContentIndex(network.plan, objects);

function digestOf(cid: Uint8Array): string {
  const read = cidFromBytes(cid);
  if (!isCid(read)) throw new Error(read.reason);
  return Buffer.from(read.digest).toString("hex");
}

it("names every object of a bucket by a CID that is true of its bytes", () => {
  for (let object = 0; object < objectsPerBucket; object++) {
    const { cid, content } = objects.stored(11, object);
    const bytes = content.read(0, content.size);
    expect(bytes).toHaveLength(content.size);
    expect(Buffer.from(blake3(bytes)).toString("hex")).toBe(digestOf(cid));
  }
});

it("makes directories that the console's decoder reads without oddities, down to their files", async () => {
  const root = await index.resolve(11, "fs");
  const found = root && (await index.find(11, textOf(root)));
  const content = found?.stored.content;
  const decoded = decodeDagNode(content?.read(0, content.size) ?? new Uint8Array(0));
  expect(decoded).toMatchObject({ kind: "node", oddities: [] });
  const links = decoded.kind === "node" ? decoded.node.links : [];
  expect(links.length).toBeGreaterThan(5);
  for (const { cid } of links) expect(await index.find(11, cid.text)).not.toBeNull();
});

it("has the written-down CIDs of its multipart pieces right", () => {
  for (const [position, { seed, size, root, cid }] of bigPieces.slice(2).entries()) {
    const content = noise(seed, size);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < size; at += partBytes) parts.push(content.read(at, Math.min(size, at + partBytes)));
    const digest =
      root === "bytes" ? fastBlake3(...parts) : fastBlake3(...parts.map((part) => fastBlake3(part)));
    expect(Buffer.from(digest).toString("hex")).toBe(digestOf(sharedMultiparts[position]?.cid ?? digest));
    expect(findCid(cid)?.kind).toBe("multipart-piece");
  }
}, 60_000);

it("reads the same bytes of noise in any parts", () => {
  const content = noise(9, 200_000);
  const whole = content.read(0, content.size);
  const parts = [0, 1, 65_535, 65_537, 131_072, 200_000].flatMap((to, at, all) =>
    at === 0 ? [] : [content.read(all[at - 1] ?? 0, to)],
  );
  expect(Buffer.concat(parts).equals(Buffer.from(whole))).toBe(true);
});

it("has a directory of a million entries in nested nodes, one in a single node, and 10,000 blocks", async () => {
  const entries: Record<string, number> = {};
  for (const name of ["million", "huge", "blocks"]) {
    const root = await index.resolve(1, name);
    const found = root && (await index.find(1, textOf(root)));
    const { size, read } = found?.stored.content ?? noise(0, 0);
    expect(
      createHash("sha1")
        .update(fastBlake3(read(0, size)))
        .digest("hex"),
    ).toBe(
      createHash("sha1")
        .update((root ?? new Uint8Array(36)).subarray(4))
        .digest("hex"),
    );
    const decoded = decodeDagNode(read(0, size));
    const links = decoded.kind === "node" ? decoded.node.links : [];
    entries[name] = links.length;
    const below = links.at(-1);
    expect(below && (await index.find(1, below.cid.text))).not.toBeNull();
  }
  expect(entries).toEqual({ million: 1_000, huge: 250_000, blocks: 99 });
}, 120_000);

it("lays four copies of each object, and finds for every node objects that it holds", () => {
  const ring = network.nodes.filter(({ clusterId }) => clusterId === network.plan.clusters[0]?.id);
  for (let bucket = 1; bucket < 40; bucket++)
    for (const [place, node] of ring.entries()) {
      const object = heldObject(
        { bucket, object: (bucket * 7) % objectsPerBucket, objects: objectsPerBucket },
        place,
        { length: ring.length, copy: bucket % 4 },
      );
      expect(object).toBeGreaterThanOrEqual(0);
      expect(object).toBeLessThan(objectsPerBucket);
      const holders = holdersOf(bucket, object, ring);
      expect(holders).toHaveLength(4);
      expect(holders).toContain(node);
    }
});
