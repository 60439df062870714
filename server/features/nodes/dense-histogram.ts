import { binMicroseconds, maxBin } from "../../kernel/latency.ts";
import { eachPackedCell, type PackedCells } from "../../kernel/packed-cells.ts";

/**
 * Requests per latency bin in a flat array: a fleet's percentiles are read from a hundred thousand cells at a time, where
 * a Map a node would cost more than the query. Only bins from `low` to `high` count anything.
 */
export type DenseHistogram = { counts: Float64Array; low: number; high: number };

export function emptyHistogram(): DenseHistogram {
  return { counts: new Float64Array(maxBin + 1), low: maxBin + 1, high: 0 };
}

/** To be used again: cheaper than another one. */
export function clearHistogram(histogram: DenseHistogram): void {
  histogram.counts.fill(0, histogram.low, histogram.high + 1);
  histogram.low = maxBin + 1;
  histogram.high = 0;
}

/** Bin 0 carries no latency. */
export function addToBin(histogram: DenseHistogram, bin: number, count: number): void {
  if (bin === 0) return;
  histogram.counts[bin] = (histogram.counts[bin] ?? 0) + count;
  if (bin < histogram.low) histogram.low = bin;
  if (bin > histogram.high) histogram.high = bin;
}

/** Adds the latencies of a row's cells, of all operations and statuses. */
export function addCells(histogram: DenseHistogram, cells: PackedCells): void {
  eachPackedCell(cells, (key, count) => addToBin(histogram, key & maxBin, count));
}

export type LatencyMs = { p50Ms: number | null; p95Ms: number | null; p99Ms: number | null };

/** Nearest-rank quantiles as kernel/latency.ts takes them, all three in one pass. */
export function latencyOf(histogram: DenseHistogram): LatencyMs {
  const { counts, low, high } = histogram;
  let total = 0;
  for (let bin = low; bin <= high; bin++) total += counts[bin] ?? 0;
  if (total === 0) return { p50Ms: null, p95Ms: null, p99Ms: null };
  const [p50Ms, p95Ms, p99Ms] = quantiles(
    histogram,
    [0.5, 0.95, 0.99].map((q) => q * (total - 1)),
  );
  return { p50Ms: p50Ms ?? null, p95Ms: p95Ms ?? null, p99Ms: p99Ms ?? null };
}

/** `ranks` ascending. */
function quantiles({ counts, low, high }: DenseHistogram, ranks: readonly number[]): number[] {
  const found: number[] = [];
  let seen = 0;
  for (let bin = low; bin <= high && found.length < ranks.length; bin++) {
    seen += counts[bin] ?? 0;
    while (found.length < ranks.length && seen > (ranks[found.length] ?? 0)) found.push(binMs[bin] ?? 0);
  }
  return found;
}

const binMs = Float64Array.from({ length: maxBin + 1 }, (_, bin) => binMicroseconds(bin) / 1_000);
