import type { DagLink } from "../../../../../../../../server/kernel/cid/dag-node.ts";
import { listDagLinks } from "../../../../../../../../server/kernel/cid/decode-dag-node.ts";

const stepLinks = 2_000;
const leastBytes = 64 * 1024;

/** Reads links out of the bytes of a DAG node while they come: a directory of a million entries shows its first at once. */
export class LinkReader {
  readonly links: DagLink[] = [];
  #held = new Uint8Array(0);
  #fault: string | null = null;
  bytes = 0;

  get fault(): string | null {
    return this.#fault;
  }

  /** `isLast`: nothing comes after, so what is left must be whole fields. */
  take(part: Uint8Array, isLast: boolean): void {
    this.bytes += part.length;
    this.#hold(part);
    if (this.#fault !== null || (!isLast && this.#held.length < leastBytes)) return;
    let at = 0;
    while (at < this.#held.length) {
      const end = isLast ? this.#held.length : wholeFieldsEnd(this.#held, at, stepLinks);
      if (end === at) break;
      const read = listDagLinks(this.#held.subarray(at, end), { at: 0, limit: Number.POSITIVE_INFINITY });
      if (read.kind === "fault") {
        this.#fault = read.reason;
        return;
      }
      for (const link of read.links) this.links.push(link);
      at = end;
    }
    this.#held = this.#held.slice(at);
  }

  #hold(part: Uint8Array): void {
    const joined = new Uint8Array(this.#held.length + part.length);
    joined.set(this.#held);
    joined.set(part, this.#held.length);
    this.#held = joined;
  }
}

/** Where the last field ends that is there as a whole, at most `most` fields on. All fields of a node have a length. */
function wholeFieldsEnd(bytes: Uint8Array, from: number, most: number): number {
  let at = from;
  for (let fields = 0; fields < most; fields++) {
    let position = at + 1;
    let length = 0;
    let shift = 0;
    while (position < bytes.length) {
      const byte = bytes[position++] ?? 0;
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte < 0x80 || shift > 35) {
        shift = -1;
        break;
      }
    }
    if (shift !== -1 || position + length > bytes.length) return at;
    at = position + length;
  }
  return at;
}
