/** What is known when a partition is taken over. `writtenSince`: first offset written after our last commit. */
export type PositionFacts = { next: number; first: number; end: number; writtenSince: number };

export type StartPosition =
  | { kind: "resume"; at: number }
  /** Records from..to (inclusive) were removed before they were read. */
  | { kind: "lost"; at: number; from: number; to: number }
  /** The log is shorter than what was read of it: the topic was made anew, or the broker lost its tail. */
  | { kind: "shortened"; at: number };

/** Where reading starts. The database's offset is the truth, as long as the log still has it. */
export function startPosition({ next, first, end, writtenSince }: PositionFacts): StartPosition {
  if (next > end) return { kind: "shortened", at: Math.max(first, writtenSince) };
  if (next < first) return { kind: "lost", at: first, from: next, to: first - 1 };
  return { kind: "resume", at: next };
}
