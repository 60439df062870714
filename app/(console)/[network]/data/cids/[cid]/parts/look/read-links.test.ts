import fc from "fast-check";
import { expect, it } from "vitest";
import { cidOf } from "../../../../../../../../server/kernel/cid/cid.ts";
import { encodeDagNode } from "../../../../../../../../server/kernel/cid/dag-node.ts";
import { LinkReader } from "./read-links.ts";

const links = Array.from({ length: 2_000 }, (_, index) => ({
  cid: cidOf("raw-piece", new Uint8Array(32).fill(index % 251)),
  name: `f-${String(index).padStart(7, "0")}.jpg`,
  size: BigInt(index) * 1_000_003n,
}));
const node = encodeDagNode({
  data: new TextEncoder().encode("a directory"),
  links,
  tags: [{ key: "kind", value: "frames" }],
});

it("reads every link once, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(node.length), { maxLength: 12 }), (cuts) => {
      const reader = new LinkReader();
      const ends = [...cuts.sort((a, b) => a - b), node.length];
      let at = 0;
      for (const end of ends) {
        reader.take(node.subarray(at, end), false);
        at = end;
      }
      reader.take(new Uint8Array(0), true);
      expect(reader.fault).toBeNull();
      expect(reader.links).toHaveLength(links.length);
      expect(reader.links[1_999]).toEqual(links[1_999]);
      expect(reader.bytes).toBe(node.length);
    }),
    { numRuns: 10 },
  );
});

it("shows the first links before the last bytes have come", () => {
  const reader = new LinkReader();
  reader.take(node.subarray(0, 70_000), false);
  expect(reader.links.length).toBeGreaterThan(500);
  expect(reader.links[0]).toEqual(links[0]);
});

it("says what is wrong with bytes that are no node", () => {
  const reader = new LinkReader();
  reader.take(Uint8Array.of(0x12, 0x03, 0xff, 0xff, 0xff), true);
  expect(reader.fault).not.toBeNull();
});
