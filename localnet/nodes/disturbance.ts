/** How a node differs from its usual self at the moment; see localnet/faults. */
export type Disturbance = {
  isDown: boolean;
  /** Multiplies latencies. */
  slowdown: number;
  /** Part of requests that fail on top of the usual. */
  errorRatio: number;
  /** Its clock is ahead by so much. */
  skewMs: number;
  /** Its disk runs full: since when, and how long that takes. */
  filling: { since: number; minutes: number } | null;
  /** Part of its pieces that it serves with wrong bytes, and part that it has lost: the same ones each time. */
  wrongRatio: number;
  missingRatio: number;
  /** Part of an answer after which it breaks off; 1 = it sends all. */
  sentRatio: number;
  /** How fast it sends content; null = as fast as it can. */
  contentBytesPerSecond: number | null;
};

export const undisturbed: Disturbance = {
  isDown: false,
  slowdown: 1,
  errorRatio: 0,
  skewMs: 0,
  filling: null,
  wrongRatio: 0,
  missingRatio: 0,
  sentRatio: 1,
  contentBytesPerSecond: null,
};

/** The same object for a node until its disturbance changes. */
export type Disturbances = (nodeName: string) => Disturbance;

/** Part of the disk that a filling has taken so far: a first gulp at once, then evenly. */
export function filledBy(filling: Disturbance["filling"], at: number): number {
  if (filling === null) return 0;
  return 0.04 + Math.min(1, Math.max(0, (at - filling.since) / (filling.minutes * 60_000)));
}
