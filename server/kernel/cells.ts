import { type Histogram, quantileMs } from "./latency.ts";

/**
 * What one rollup row counts, split by operation, status and latency bin in one sparse array of 64-bit integers:
 * `operation(3 bits) | status(3) | bin(10)` above a 36-bit count, so 52 bits: exact in a JavaScript number.
 * Concatenation is a valid merge (equal cells add up when read); `cells_merge` in SQL compacts when an array grows.
 */
export const operations = ["put", "get", "delete", "compute"] as const;
export type Operation = (typeof operations)[number];

/** As DDC's ActivityResponse; `unknown` = the record carries no response (ddc-api activity.proto). */
export const statuses = ["ok", "not_found", "internal", "unavailable", "aborted", "unknown"] as const;
export type Status = (typeof statuses)[number];

const countSpan = 2 ** 36;

export type Cell = { operation: Operation; status: Status; bin: number; count: number };

export function packCell(operation: number, status: number, bin: number, count: number): number {
  return ((operation << 13) | (status << 10) | bin) * countSpan + count;
}

/** Reads a packed value as `pg` gives it (text of a bigint, or a number). Unknown codes throw: they are our own bug. */
export function unpackCell(packed: string | number): Cell {
  const value = Number(packed);
  const key = Math.floor(value / countSpan);
  const operation = operations[key >> 13];
  const status = statuses[(key >> 10) & 7];
  if (!operation || !status) throw new RangeError(`Cell ${packed} holds an unknown operation or status.`);
  return { operation, status, bin: key & 1023, count: value - key * countSpan };
}

export function histogramOf(cells: Iterable<Cell>): Map<number, number> {
  const histogram = new Map<number, number>();
  for (const { bin, count } of cells) if (bin > 0) histogram.set(bin, (histogram.get(bin) ?? 0) + count);
  return histogram;
}

export type Percentiles = { p50: number | null; p95: number | null; p99: number | null };

/** Milliseconds. */
export function percentilesOf(histogram: Histogram): Percentiles {
  return {
    p50: quantileMs(histogram, 0.5),
    p95: quantileMs(histogram, 0.95),
    p99: quantileMs(histogram, 0.99),
  };
}

/**
 * Did the service fail? NOT_FOUND is an answer and ABORTED is the client's doing; INTERNAL and UNAVAILABLE are failures.
 * A record without a response says nothing either way.
 */
export function isFailure(status: Status): boolean {
  return status === "internal" || status === "unavailable";
}
