import { openBlake3 } from "../../../server/kernel/cid/blake3.ts";
import { findCid } from "../../../server/kernel/cid/parse-cid.ts";
import { DagWalk, sizeByLinks } from "./dag-walk.ts";
import { type BlockReader, type BlockToRead, readBlock } from "./read-block.ts";
import type { BlockReceipt, VerifyJob, VerifyProgress } from "./verify-protocol.ts";

export type VerifyRunOptions = {
  job: VerifyJob;
  fetch: typeof fetch;
  onProgress(progress: VerifyProgress, blocks: readonly BlockReceipt[]): void;
  reportMs?: number;
};

/** A browser gives one host six connections; the page needs some of them. */
const atOnce = 4;
/** A DAG node beyond this is hashed, but not walked. */
const maxNodeBytes = 256 * 2 ** 20;

/** Verifies a block, or the DAG below it. Can be paused, where blocks that were under way begin anew, and resumed. */
export class VerifyRun {
  readonly receipts: BlockReceipt[] = [];
  readonly #options: VerifyRunOptions;
  readonly #walk: DagWalk;
  readonly #counts = { verified: 0, mismatch: 0, unreachable: 0, unverifiable: 0 };
  readonly #underWay = new Map<BlockToRead, { bytes: number; ofBytes: number | null }>();
  #stop = new AbortController();
  #bytes = 0;
  #totalBytes: number | null = null;
  #elapsedMs = 0;
  #runningSince: number | null = null;
  #reported = 0;
  #reportedAt = 0;
  #state: VerifyProgress["state"] = "paused";

  constructor(options: VerifyRunOptions) {
    const root = findCid(options.job.cid);
    if (!root) throw new Error(`${options.job.cid} is no CID.`);
    this.#options = options;
    this.#walk = new DagWalk(root);
  }

  /** Resolves when all is judged, or when it was paused. */
  async run(): Promise<void> {
    if (this.#state !== "paused") return;
    this.#stop = new AbortController();
    this.#state = "running";
    this.#runningSince = performance.now();
    const { signal } = this.#stop;
    const lanes = this.#options.job.scope === "dag" ? atOnce : 1;
    await Promise.all(Array.from({ length: lanes }, () => this.#lane(signal)));
    this.#elapsedMs += performance.now() - (this.#runningSince ?? performance.now());
    this.#runningSince = null;
    this.#state = signal.aborted ? "paused" : "ended";
    this.#report(true);
  }

  pause(): void {
    this.#stop.abort(new Error("paused"));
  }

  async #lane(signal: AbortSignal): Promise<void> {
    const hasher = await openBlake3();
    while (!signal.aborted) {
      const block = this.#walk.next();
      if (block) await this.#judge(block, hasher, signal);
      else if (this.#underWay.size === 0) return;
      else await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async #judge(block: BlockToRead, hasher: BlockReader["hasher"], signal: AbortSignal): Promise<void> {
    const { job, fetch } = this.#options;
    const isWalked = job.scope === "dag" && block.cid.kind === "dag-node";
    const progress = { bytes: 0, ofBytes: null as number | null };
    this.#underWay.set(block, progress);
    const reader: BlockReader = {
      job,
      hasher,
      keepBytes: block.cid.kind === "dag-node" ? maxNodeBytes : 0,
      fetch,
      onBytes: (bytes, ofBytes) => {
        progress.bytes = bytes;
        progress.ofBytes = ofBytes;
        this.#report(false);
      },
    };
    try {
      const { receipt, content } = await readBlock(block, reader, signal);
      this.#take(receipt);
      if (isWalked && receipt.verdict === "verified" && content) {
        if (block.path === "") this.#totalBytes = sizeByLinks(content);
        this.#walk.descend(block.path, content);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      this.#walk.putBack(block);
    } finally {
      this.#underWay.delete(block);
    }
    this.#report(false);
  }

  #take(receipt: BlockReceipt): void {
    this.receipts.push(receipt);
    this.#counts[receipt.verdict]++;
    this.#bytes += receipt.bytes;
  }

  #report(isLast: boolean): void {
    const now = performance.now();
    if (!isLast && now - this.#reportedAt < (this.#options.reportMs ?? 100)) return;
    this.#reportedAt = now;
    const blocks = this.receipts.slice(this.#reported);
    this.#reported = this.receipts.length;
    const running = this.#runningSince === null ? 0 : now - this.#runningSince;
    this.#options.onProgress(
      {
        state: this.#state,
        judged: this.receipts.length,
        known: this.#walk.known,
        counts: { ...this.#counts },
        bytes: this.#bytes + [...this.#underWay.values()].reduce((sum, { bytes }) => sum + bytes, 0),
        totalBytes: this.#totalBytes,
        elapsedMs: this.#elapsedMs + running,
        current: this.#current(),
      },
      blocks,
    );
  }

  #current(): VerifyProgress["current"] {
    const largest = [...this.#underWay].sort(([, a], [, b]) => b.bytes - a.bytes)[0];
    if (!largest) return null;
    const [block, progress] = largest;
    return { name: block.path === "" ? block.cid.text : block.path, ...progress };
  }
}
