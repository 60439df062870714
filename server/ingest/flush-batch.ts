import type { Added, Lane } from "../ports/ingest-binding.ts";
import type { DeadLetter } from "./dead-letters.ts";

/** A partition on its way: `next` is the offset after the last record that was taken. */
export type ActiveLane = Lane & {
  binding: string;
  next: number;
  /** What the database will hold once everything that was cut so far is committed. */
  cutAt: number;
  /** Whether a slice has come from where we asked for: until then the log may still send what it had prefetched. */
  isAligned: boolean;
  /** The first flush since it was taken over. */
  isFresh: boolean;
};

export type LaneProgress = {
  lane: ActiveLane;
  believed: number;
  /** From where on records may be in this batch. */
  first: number;
  next: number;
  highWatermark: number;
  records: number;
  duplicates: number;
  deadLetters: number;
  newestAt: number | null;
  isFresh: boolean;
  /** Names of the records, in pairs of halves, and the offset of each. */
  offsets: number[];
  names: number[];
};

/** What has been taken from the log since the last cut. */
export class FlushBatch {
  readonly progress = new Map<ActiveLane, LaneProgress>();
  readonly letters: DeadLetter[] = [];
  letterBytes = 0;

  get isEmpty(): boolean {
    return this.progress.size === 0;
  }

  /** Notes that the lane has come to `next`. */
  advance(lane: ActiveLane, step: { next: number; highWatermark: number }): LaneProgress {
    const progress = this.progress.get(lane) ?? startOf(lane);
    this.progress.set(lane, progress);
    lane.next = step.next;
    progress.next = step.next;
    progress.highWatermark = step.highWatermark;
    return progress;
  }

  add(progress: LaneProgress, added: Added): void {
    progress.records += added.records;
    progress.duplicates += added.duplicates;
    for (const offset of added.offsets) progress.offsets.push(offset);
    for (const half of added.names) progress.names.push(half);
    if (added.newestAt !== null) progress.newestAt = Math.max(progress.newestAt ?? 0, added.newestAt);
  }

  refuse(progress: LaneProgress, letters: readonly DeadLetter[]): void {
    for (const letter of letters) {
      this.letters.push(letter);
      this.letterBytes += (letter.value?.length ?? 0) + letterOverhead;
      progress.deadLetters += letter.lastOffset - letter.offset + 1;
    }
  }

  /** Fixes what each lane's flush compares with and sets. */
  close(): void {
    for (const [lane, progress] of this.progress) {
      lane.cutAt = progress.next;
      lane.isFresh = false;
    }
  }
}

const letterOverhead = 400;

function startOf(lane: ActiveLane): LaneProgress {
  return {
    lane,
    believed: lane.cutAt,
    first: lane.next,
    next: lane.next,
    highWatermark: lane.next,
    records: 0,
    duplicates: 0,
    deadLetters: 0,
    newestAt: null,
    isFresh: lane.isFresh,
    offsets: [],
    names: [],
  };
}
