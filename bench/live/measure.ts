import type { Broadcast } from "./clients.ts";
import type { Write } from "./write-nodes.ts";

export type LiveFigures = {
  msP50: number;
  msP99: number;
  lostPercent: number;
  samples: number;
  broadcasts: number;
};

/**
 * For every write and socket: how long after the commit the socket had the first message that shows it, or a newer word
 * of the same node. Lost: the socket never got that message, or there was none.
 */
export function measure(
  writes: readonly Write[],
  broadcasts: readonly Broadcast[],
  sockets: number,
): LiveFigures {
  const inOrder = [...broadcasts].sort((a, b) => firstArrival(a) - firstArrival(b));
  const latencies = new Map<number, number>();
  let samples = 0;
  for (const { key, at, committedAt } of writes) {
    const shown = inOrder.find(({ heardAt }) => (heardAt[key] ?? 0) >= at);
    for (const arrival of shown?.arrivals.filter((moment) => moment > 0) ?? []) {
      const ms = Math.max(0, arrival - committedAt);
      latencies.set(ms, (latencies.get(ms) ?? 0) + 1);
      samples += 1;
    }
  }
  const expected = writes.length * sockets;
  return {
    msP50: quantileOf(latencies, samples * 0.5),
    msP99: quantileOf(latencies, samples * 0.99),
    lostPercent: (100 * (expected - samples)) / expected,
    samples,
    broadcasts: inOrder.length,
  };
}

function firstArrival({ arrivals }: Broadcast): number {
  return arrivals.reduce((first, at) => (at > 0 && at < first ? at : first), Number.POSITIVE_INFINITY);
}

function quantileOf(counts: ReadonlyMap<number, number>, rank: number): number {
  let seen = 0;
  for (const [ms, count] of [...counts].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= rank) return ms;
  }
  return Number.NaN;
}
