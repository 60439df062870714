import type { Series, Steps } from "./chart-data.ts";
import type { Plot } from "./scale.ts";

export type BarPath = { id: string; colour: string; d: string };

/** Stacked bars, one path a series: hundreds of steps are a handful of elements. `top` is the value at the plot's upper edge. */
export function barPaths(
  steps: Pick<Steps, "points">,
  series: readonly Series[],
  { plot, top }: { plot: Plot; top: number },
): BarPath[] {
  const stepWidth = plot.width / steps.points;
  const width = barWidth(stepWidth);
  const heights = new Array<number>(steps.points).fill(0);
  return series.map(({ id, colour, values }) => {
    let d = "";
    for (const [index, below] of heights.entries()) {
      const height = ((values[index] ?? 0) / top) * plot.height;
      if (!(height > 0)) continue;
      const x = plot.left + index * stepWidth + (stepWidth - width) / 2;
      const bottom = plot.top + plot.height - below;
      d += `M${short(x)} ${short(bottom)}v${short(-height)}h${short(width)}v${short(height)}z`;
      heights[index] = below + height;
    }
    return { id, colour: `var(--${colour})`, d };
  });
}

/** A hair between bars where there is room for one. */
function barWidth(stepWidth: number): number {
  return stepWidth >= 4 ? stepWidth - 1 : stepWidth;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}
