import { isFailure, operations, packCell, statuses } from "../../server/kernel/cells.ts";
import { latencyBin } from "../../server/kernel/latency.ts";

/** A minute of one node, ready to be written many times. */
export type Template = { cells: number[]; requests: number; failures: number };

/** Fifty requests a second, as 50,000 of a network of a thousand nodes: about 200 cells. */
const busyRequests = 3_000;

/** A node's minute as ingest would have summed it up: latencies lognormal around 12 ms, one request in a thousand failing. */
export function busyTemplate(seed: number, requests = busyRequests): Template {
  const random = randomFrom(seed);
  const counts = new Map<number, number>();
  let failures = 0;
  for (let index = 0; index < requests; index++) {
    const status = pick(random(), [0.996, 0.002, 0.0005, 0.0005, 0.001]);
    const operation = pick(random(), [0.22, 0.7, 0.02, 0.06]);
    const bin = latencyBin(12_000 * Math.exp(0.9 * normal(random)));
    const key = packCell(operation, status, bin, 0);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (isFailure(statuses[status] ?? "unknown")) failures += 1;
  }
  const cells = [...counts].map(([key, count]) => key + count);
  return { cells, requests, failures };
}

/** The same with the width of a row kept small: what is old is drawn by the hour. */
export function settledTemplate(seed: number): Template {
  const random = randomFrom(seed);
  const cells = Array.from({ length: 4 }, (_, index) =>
    packCell(index % operations.length, 0, latencyBin(3_000 * 4 ** index), 600 + Math.floor(random() * 300)),
  );
  return { cells, requests: busyRequests, failures: 3 };
}

function pick(value: number, shares: readonly number[]): number {
  let rest = value;
  for (const [index, share] of shares.entries()) {
    rest -= share;
    if (rest < 0) return index;
  }
  return 0;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** mulberry32: the same figures in every run. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
