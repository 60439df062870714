import type { Panel } from "../../../../../../server/features/dashboards/schema.ts";

export type Band = { y: number; panels: Panel[]; isFigures: boolean };

/** Panels that start at the same height stand beside each other, in the order of their columns. */
export function toBands(panels: readonly Panel[]): Band[] {
  const byHeight = Map.groupBy(panels, ({ grid }) => grid.y);
  return [...byHeight]
    .sort(([a], [b]) => a - b)
    .map(([y, own]) => ({
      y,
      panels: own.toSorted((a, b) => a.grid.x - b.grid.x),
      isFigures: own.every(({ form }) => form === "stat"),
    }));
}
