/** Colour levels of a heatmap, 1 to 7; 0 = nothing was there. */
export const heatLevels = 7;

/** Counts span decades, so each level is a factor. `max` is the greatest count. */
export function heatLevel(count: number, max: number): number {
  if (!(count > 0)) return 0;
  if (max <= 1) return heatLevels;
  const share = Math.log(count) / Math.log(max);
  return Math.min(heatLevels, 1 + Math.floor(share * heatLevels));
}

/** The smallest count of each level, for the legend; equal neighbours are left out. */
export function heatSteps(max: number): { level: number; from: number }[] {
  if (max < 1) return [];
  const steps = Array.from({ length: heatLevels }, (_, index) => ({
    level: index + 1,
    from: roundish(Math.exp((Math.log(Math.max(max, 1)) * index) / heatLevels)),
  }));
  return steps.filter((step, index) => steps[index + 1]?.from !== step.from);
}

/** Two digits are as much as a legend needs. */
function roundish(value: number): number {
  if (value < 10) return Math.ceil(value);
  const power = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / power) * power;
}

/** Where a value stands between the lowest and the highest edge of logarithmic bins: 0 at the bottom, 1 at the top. */
export function logShare(value: number, edges: readonly number[]): number {
  const low = edges.find((edge) => edge > 0) ?? 1;
  const high = edges.at(-1) ?? low * 10;
  const share = (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
  return Math.min(1, Math.max(0, share));
}

/** Powers of ten inside the edges, for the axis. */
export function decadesIn(edges: readonly number[]): number[] {
  const low = edges.find((edge) => edge > 0) ?? 1;
  const high = edges.at(-1) ?? low;
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
}
