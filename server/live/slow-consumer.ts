/** What waits for a socket: messages not yet handed to its connection, and bytes that the connection has not taken. */
export type Backlog = { messages: number; bytes: number };

export type ConsumerLimits = { maxMessages: number; maxBytes: number };

/** A few ticks of a large network, or what a slow link takes in some seconds. */
export const consumerLimits: ConsumerLimits = { maxMessages: 8, maxBytes: 512_000 };

/** Messages that a socket did not get because it was too slow; null = it keeps up. */
export type Lag = { missed: number; since: Date } | null;

/**
 * Judged before each message: null = send it. Past the limit it is skipped and counted, and so is everything after it
 * until the socket has caught up: a late flood would only keep it behind.
 */
export function lagAfter(lag: Lag, backlog: Backlog, at: Date, limits = consumerLimits): Lag {
  if (lag !== null) return { missed: lag.missed + 1, since: lag.since };
  const isOver = backlog.messages > limits.maxMessages || backlog.bytes > limits.maxBytes;
  return isOver ? { missed: 1, since: at } : null;
}

/** Everything that waited is gone: now it can be told how much it missed. */
export function hasCaughtUp(backlog: Backlog): boolean {
  return backlog.messages === 0 && backlog.bytes === 0;
}
