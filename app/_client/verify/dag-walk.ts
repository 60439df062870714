import type { Cid } from "../../../server/kernel/cid/cid.ts";
import { listDagLinks } from "../../../server/kernel/cid/decode-dag-node.ts";
import type { BlockToRead } from "./read-block.ts";

/** A verified node whose links are still to be walked: its bytes, and where the following links begin. */
type Frame = {
  bytes: Uint8Array;
  nextAt: number | null;
  links: readonly BlockToRead[];
  index: number;
  path: string;
};

const linksAtOnce = 1_000;

/**
 * Which blocks come next, each CID once, children before the rest of their parents' siblings. Holds nodes as bytes and a
 * thousand of their links at a time: a node may have a million.
 */
export class DagWalk {
  readonly #frames: Frame[] = [];
  readonly #seen = new Set<string>();
  readonly #again: BlockToRead[] = [];
  #known = 0;

  constructor(root: Cid) {
    this.#again.push({ cid: root, path: "" });
    this.#seen.add(root.text);
    this.#known = 1;
  }

  /** Different blocks that are known so far. */
  get known(): number {
    return this.#known;
  }

  /** Null = none right now; a node that is still being read may bring more. */
  next(): BlockToRead | null {
    const again = this.#again.pop();
    if (again) return again;
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      const block = this.#nextOf(frame);
      if (block) return block;
      this.#frames.pop();
    }
    return null;
  }

  /** A block that was taken and not read to its end. */
  putBack(block: BlockToRead): void {
    this.#again.push(block);
  }

  /** A node that verified: only its links can be trusted. */
  descend(path: string, bytes: Uint8Array): void {
    this.#frames.push({ bytes, nextAt: 0, links: [], index: 0, path });
  }

  #nextOf(frame: Frame): BlockToRead | null {
    for (;;) {
      const block = frame.links[frame.index++];
      if (block === undefined) {
        if (!this.#refill(frame)) return null;
        continue;
      }
      if (this.#seen.has(block.cid.text)) continue;
      this.#seen.add(block.cid.text);
      this.#known++;
      return block;
    }
  }

  #refill(frame: Frame): boolean {
    if (frame.nextAt === null) return false;
    const part = listDagLinks(frame.bytes, { at: frame.nextAt, limit: linksAtOnce });
    if (part.kind === "fault") {
      frame.nextAt = null;
      return false;
    }
    frame.nextAt = part.nextAt;
    frame.links = part.links.map(({ cid, name }) => ({
      cid,
      path: frame.path === "" ? name : `${frame.path}/${name}`,
    }));
    frame.index = 0;
    return frame.links.length > 0 || frame.nextAt !== null;
  }
}

/** What the links of a node add up to, by its own word. */
export function sizeByLinks(bytes: Uint8Array): number | null {
  let sum = BigInt(bytes.length);
  for (let at: number | null = 0; at !== null; ) {
    const part = listDagLinks(bytes, { at, limit: linksAtOnce });
    if (part.kind === "fault") return null;
    for (const { size } of part.links) sum += size;
    at = part.nextAt;
  }
  return Number(sum);
}
