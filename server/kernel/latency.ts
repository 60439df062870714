/**
 * Latency sketches that merge truthfully: DDSketch's logarithmic mapping (Masson, Rim, Lee, VLDB 2019) with a relative
 * error of 2 %, kept as counts per bin. Two sketches merge by adding the counts of equal bins.
 */
const relativeError = 0.02;
const gamma = (1 + relativeError) / (1 - relativeError);
const logGamma = Math.log(gamma);

/** Bin 0 means "no latency known"; bins 1 to 1023 hold 1 µs and up (the last one is open). */
export const maxBin = 1023;

export function latencyBin(microseconds: number): number {
  if (!(microseconds > 0)) return 1;
  return Math.min(maxBin, Math.max(1, Math.ceil(Math.log(microseconds) / logGamma) + 1));
}

/** The value, in µs, that stands for a bin: at most 2 % from every value in it. */
export function binMicroseconds(bin: number): number {
  return (2 * gamma ** (bin - 1)) / (gamma + 1);
}

/** Count per bin; bin 0 is ignored by quantiles. */
export type Histogram = ReadonlyMap<number, number>;

/** Quantile `q` (0 to 1) in milliseconds, or null when nothing was measured. Nearest-rank, as DDSketch does. */
export function quantileMs(histogram: Histogram, q: number): number | null {
  const bins = [...histogram].filter(([bin, count]) => bin > 0 && count > 0).sort(([a], [b]) => a - b);
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const rank = q * (total - 1);
  let seen = 0;
  for (const [bin, count] of bins) {
    seen += count;
    if (seen > rank) return binMicroseconds(bin) / 1000;
  }
  return null;
}
