import { type ReplayedEvent, type ReplayResult, replayResultTypes } from "./replay-contract-schema.ts";

type Ended = Extract<ReplayResult, { type: typeof replayResultTypes.ended }>["data"];
export type ReplayWords = {
  replay: string;
  agentId: string;
  instance: string;
  scanned: number;
  matched: number;
  total: number | null;
  events: ReplayedEvent[];
  end: Pick<Ended, "outcome" | "reason"> | null;
};

/** What waits for the next flush, merged by replay: its events, its last counts, its end. */
export class ReplayTally {
  bytes = 0;
  readonly replays = new Map<string, ReplayWords>();

  add({ type, data }: ReplayResult, bytes: number): void {
    const { replay, agentId, instance } = data;
    // Whoever says something of a replay that is not theirs is told apart, and finds no row.
    const key = `${replay}\n${agentId}\n${instance}`;
    const words = this.replays.get(key) ?? {
      replay,
      agentId,
      instance,
      scanned: 0,
      matched: 0,
      total: null,
      events: [],
      end: null,
    };
    this.replays.set(key, words);
    this.bytes += bytes;
    if (type === replayResultTypes.accepted || words.end) return;
    words.scanned = Math.max(words.scanned, data.scanned);
    words.matched = Math.max(words.matched, data.matched);
    words.total = data.total ?? words.total;
    if (type === replayResultTypes.progress) words.events.push(...data.events);
    else words.end = { outcome: data.outcome, reason: data.reason };
  }
}
