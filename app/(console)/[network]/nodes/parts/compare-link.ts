import type { NetworkName } from "../../../../../server/kernel/networks.ts";

export const fewestCompared = 2;
export const mostCompared = 6;

/** Where the chosen nodes stand side by side; the time range goes with them. */
export function compareHref(
  network: NetworkName,
  keys: readonly string[],
  range: { from: string; to: string },
): string {
  const params = new URLSearchParams({ keys: keys.join(","), ...range });
  return `/${network}/nodes/compare?${params}`;
}

/** Why these cannot be compared; null = they can. */
export function compareRefusal(count: number): string | null {
  if (count < fewestCompared) return "Select at least 2";
  return count > mostCompared ? `Compares at most ${mostCompared}` : null;
}
