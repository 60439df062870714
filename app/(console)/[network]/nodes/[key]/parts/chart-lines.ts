import type {
  Gap,
  Line,
  NodeSeries,
  SeriesKind,
  Steps,
} from "../../../../../../server/features/nodes/history-schema.ts";
import type {
  ChartColour,
  Gap as ChartGap,
  Steps as ChartSteps,
  Series,
} from "../../../../../_charts/chart-data.ts";

type LineLook = { label: string; colour: ChartColour; dash?: NonNullable<Series["dash"]> };

/** How each line is named and drawn. Lines without a look (a limit, a share) are not drawn as series. */
const looks: Partial<Record<Line["name"], LineLook>> = {
  get: { label: "GET", colour: "cat-1" },
  put: { label: "PUT", colour: "cat-2" },
  compute: { label: "COMPUTE", colour: "cat-3" },
  delete: { label: "DELETE", colour: "cat-4" },
  not_found: { label: "NOT_FOUND", colour: "cat-1" },
  unavailable: { label: "UNAVAILABLE", colour: "cat-2" },
  internal: { label: "INTERNAL", colour: "cat-4" },
  aborted: { label: "ABORTED", colour: "cat-6" },
  unknown: { label: "no response", colour: "text-3" },
  p50: { label: "p50", colour: "ord-1" },
  p95: { label: "p95", colour: "ord-2" },
  p99: { label: "p99", colour: "ord-3" },
  cpu: { label: "CPU", colour: "cat-1" },
  memory: { label: "memory", colour: "cat-2" },
  disk_read: { label: "mean", colour: "cat-1" },
  disk_read_max: { label: "highest", colour: "text-3", dash: "dot" },
  net_out: { label: "out", colour: "cat-1" },
  net_in: { label: "in", colour: "cat-3" },
};

type Panels = Pick<NodeSeries, "panels">;

const order = Object.keys(looks);

/** Percent for ratios, gigabits for bits: what the axis shows. */
const scales: Partial<Record<Line["unit"], number>> = { ratio: 100, bps: 1e-9 };

export function labelOf(name: Line["name"]): string {
  return looks[name]?.label ?? name;
}

/** The lines of a panel as a chart draws them; empty when the range holds no reading at all. */
export function seriesOf(series: Panels, kind: SeriesKind): Series[] {
  const lines = linesOf(series, kind)
    .filter((line) => looks[line.name] && !isAlwaysZero(line))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return lines.some((line) => line.values.some((value) => value !== null)) ? lines.map(toSeries) : [];
}

export function linesOf(series: Panels, kind: SeriesKind): Line[] {
  return series.panels.find((panel) => panel.kind === kind)?.lines ?? [];
}

export function toChartSteps({
  start,
  stepMs,
  points,
}: Pick<Steps, "start" | "stepMs" | "points">): ChartSteps {
  return { start: new Date(start).getTime(), stepMs, points };
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

function scaleOf(line: Line): number {
  return scales[line.unit] ?? 1;
}

/** Codes that never came would fill the legend with zeros. */
function isAlwaysZero(line: Line): boolean {
  return line.name === "unknown" && line.values.every((value) => !value);
}

function toSeries(line: Line): Series {
  const scale = scaleOf(line);
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  const look: LineLook = looks[line.name] ?? { label: line.name, colour: "text-3" };
  return { id: line.name, ...look, values: line.values.map(scaled), current: scaled(line.current) };
}
