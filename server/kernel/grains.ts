/** Widths of the windows that rollups keep, from fine to coarse. A window begins at whole multiples of its width, UTC. */
export const grains = [
  { name: "1s", ms: 1_000 },
  { name: "1m", ms: 60_000 },
  { name: "1h", ms: 3_600_000 },
  { name: "1d", ms: 86_400_000 },
] as const;
export type Grain = (typeof grains)[number];
export type GrainName = Grain["name"];

export function windowStart(ms: number, grain: Grain): number {
  return ms - (ms % grain.ms);
}
