import { binMicroseconds, maxBin } from "../../kernel/latency.ts";

/**
 * Requests per latency bin in a flat array: a fleet's percentiles are read from a hundred thousand cells at a time, where
 * a Map a node would cost more than the query.
 */
export type DenseHistogram = Float64Array;

export function emptyHistogram(): DenseHistogram {
  return new Float64Array(maxBin + 1);
}

const countSpan = 2 ** 36;
const openBrace = 123;
const closeBrace = 125;
const comma = 44;
const zero = 48;

/** The packed cells of a `bigint[]` as PostgreSQL writes it: "{412316860417,…}". See kernel/cells.ts. */
export function packedOf(text: string): number[] {
  const cells: number[] = [];
  let packed = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === openBrace) continue;
    if (code !== comma && code !== closeBrace) {
      packed = packed * 10 + (code - zero);
      continue;
    }
    if (packed > 0) cells.push(packed);
    packed = 0;
  }
  return cells;
}

export function eachPacked(cells: readonly number[], visit: (key: number, count: number) => void): void {
  for (const packed of cells) {
    const key = Math.floor(packed / countSpan);
    visit(key, packed - key * countSpan);
  }
}

/** Calls back for each cell of an array as PostgreSQL writes it. */
export function eachCell(text: string, visit: (key: number, count: number) => void): void {
  eachPacked(packedOf(text), visit);
}

/** Adds the latencies of a row's cells, of all operations and statuses. */
export function addCells(histogram: DenseHistogram, text: string): void {
  eachCell(text, (key, count) => {
    const bin = key & maxBin;
    histogram[bin] = (histogram[bin] ?? 0) + count;
  });
}

export type LatencyMs = { p50Ms: number | null; p95Ms: number | null; p99Ms: number | null };

/** Nearest-rank quantiles as kernel/latency.ts takes them, all three in one pass. Bin 0 carries no latency. */
export function latencyOf(histogram: DenseHistogram): LatencyMs {
  let total = 0;
  for (let bin = 1; bin <= maxBin; bin++) total += histogram[bin] ?? 0;
  if (total === 0) return { p50Ms: null, p95Ms: null, p99Ms: null };
  const [p50Ms, p95Ms, p99Ms] = quantiles(
    histogram,
    [0.5, 0.95, 0.99].map((q) => q * (total - 1)),
  );
  return { p50Ms: p50Ms ?? null, p95Ms: p95Ms ?? null, p99Ms: p99Ms ?? null };
}

/** `ranks` ascending. */
function quantiles(histogram: DenseHistogram, ranks: readonly number[]): number[] {
  const found: number[] = [];
  let seen = 0;
  for (let bin = 1; bin <= maxBin && found.length < ranks.length; bin++) {
    seen += histogram[bin] ?? 0;
    while (found.length < ranks.length && seen > (ranks[found.length] ?? 0)) found.push(binMs[bin] ?? 0);
  }
  return found;
}

const binMs = Float64Array.from({ length: maxBin + 1 }, (_, bin) => binMicroseconds(bin) / 1_000);
