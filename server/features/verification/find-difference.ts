import { bytesToHex } from "@noble/hashes/utils.js";
import type { ContentAsk, ContentStore, OpenContent } from "../../ports/content-store.ts";
import type { ContentNode } from "./content-nodes.ts";
import type { Difference } from "./schema.ts";

type Pair = { ask: Omit<ContentAsk, "target" | "range">; wrong: ContentNode; right: ContentNode };

const sampleBefore = 9;
const sampleBytes = 32;

/** Reads both again beside each other, so that nothing large is held. Null when one of them cannot be read this time. */
export async function findDifference(
  store: ContentStore,
  { ask, wrong, right }: Pair,
  signal: AbortSignal,
): Promise<Difference | null> {
  const [one, other] = await Promise.all(
    [wrong, right].map(({ target }) => store.open({ ...ask, target, range: null }, signal)),
  );
  if (one?.kind !== "open" || other?.kind !== "open") return null;
  const found = new DifferenceFinder();
  const readers = [new PairReader(one), new PairReader(other)] as const;
  try {
    for (;;) {
      const length = Math.min(await readers[0].available(), await readers[1].available());
      if (length === 0) break;
      found.compare(readers[0].take(length), readers[1].take(length));
    }
  } finally {
    await Promise.all([one, other].map(({ body }) => body.return({ kind: "complete", bytes: 0 })));
  }
  return found.result({ node: wrong.key, against: right.key });
}

class PairReader {
  readonly #opened: OpenContent;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(opened: OpenContent) {
    this.#opened = opened;
  }

  /** Bytes that can be taken now; 0 at the end. */
  async available(): Promise<number> {
    while (this.#rest.length === 0) {
      const part = await this.#opened.body.next();
      if (part.done) return 0;
      this.#rest = part.value;
    }
    return this.#rest.length;
  }

  take(length: number): Uint8Array {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}

class DifferenceFinder {
  #at = 0;
  #differing = 0;
  #runs = 0;
  #isInRun = false;
  #first: { at: number; length: number } | null = null;
  #before: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];
  #samples: [number[], number[]] = [[], []];

  compare(wrong: Uint8Array, right: Uint8Array): void {
    for (let index = 0; index < wrong.length; index++) {
      const isDifferent = wrong[index] !== right[index];
      if (isDifferent) {
        this.#differing++;
        if (!this.#isInRun) this.#begin(index, wrong, right);
        if (this.#runs === 1 && this.#first) this.#first.length++;
      }
      this.#isInRun = isDifferent;
      if (this.#first && this.#samples[0].length < sampleBytes) {
        this.#samples[0].push(wrong[index] ?? 0);
        this.#samples[1].push(right[index] ?? 0);
      }
    }
    this.#at += wrong.length;
    this.#before = [wrong.slice(-sampleBefore), right.slice(-sampleBefore)];
  }

  result(nodes: { node: string; against: string }): Difference | null {
    if (!this.#first) return null;
    const [sample, againstSample] = this.#samples.map((bytes) => bytesToHex(Uint8Array.from(bytes)));
    return {
      ...nodes,
      differingBytes: this.#differing,
      runs: this.#runs,
      firstAt: this.#first.at,
      firstLength: this.#first.length,
      sampleFrom: Math.max(0, this.#first.at - sampleBefore),
      sample: sample ?? "",
      againstSample: againstSample ?? "",
    };
  }

  #begin(index: number, wrong: Uint8Array, right: Uint8Array): void {
    this.#runs++;
    if (this.#first) return;
    this.#first = { at: this.#at + index, length: 0 };
    const lead = (bytes: Uint8Array, before: Uint8Array) =>
      [...before, ...bytes.subarray(Math.max(0, index - sampleBefore), index)].slice(-sampleBefore);
    this.#samples = [lead(wrong, this.#before[0]), lead(right, this.#before[1])];
  }
}
