import type {
  Gap,
  Line,
  NodeSeries,
  SeriesKind,
} from "../../../../../../server/features/nodes/history-schema.ts";
import type { Gap as ChartGap, Series } from "../../../../../_charts/chart-data.ts";
import { scaleOf, toSeries } from "../../../line-series.ts";

type Panels = Pick<NodeSeries, "panels">;

/** The lines of a panel as a chart draws them; empty when the range holds no reading at all. */
export function seriesOf(series: Panels, kind: SeriesKind): Series[] {
  return toSeries(linesOf(series, kind));
}

export function linesOf(series: Panels, kind: SeriesKind): Line[] {
  return series.panels.find((panel) => panel.kind === kind)?.lines ?? [];
}

/** Stretches in which the source of a panel said nothing. */
export function gapsOf(gaps: readonly Gap[], source: Gap["source"]): ChartGap[] {
  return gaps
    .filter((gap) => gap.source === source)
    .map(({ from, to }) => ({ from: new Date(from).getTime(), to: new Date(to).getTime() }));
}

/** The highest known value of a line, in the unit of the axis. */
export function highestOf(series: Panels, kind: SeriesKind, name: Line["name"]): number | null {
  const line = lineOf(series, kind, name);
  const known = line?.values.filter((value) => value !== null) ?? [];
  return line && known.length > 0 ? Math.max(...known) * scaleOf(line) : null;
}

/** The newest value of a line, in the unit of the axis. */
export function currentOf(series: Panels, kind: SeriesKind, name: Line["name"]): number | null {
  const line = lineOf(series, kind, name);
  return line && line.current !== null ? line.current * scaleOf(line) : null;
}

function lineOf(series: Panels, kind: SeriesKind, name: Line["name"]): Line | undefined {
  return linesOf(series, kind).find((line) => line.name === name);
}
