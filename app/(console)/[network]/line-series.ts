import type { Line, Steps } from "../../../server/features/nodes/history-schema.ts";
import type { ChartColour, Steps as ChartSteps, Series } from "../../_charts/chart-data.ts";

type LineLook = { label: string; colour: ChartColour; dash?: NonNullable<Series["dash"]> };

/** How each line is named and drawn, on every page. Lines without a look (a limit, a share) are not drawn as series. */
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

const order = Object.keys(looks);

/** Percent for ratios, gigabits for bits: what the axis shows. */
const scales: Partial<Record<Line["unit"], number>> = { ratio: 100, bps: 1e-9 };

export function labelOf(name: Line["name"]): string {
  return looks[name]?.label ?? name;
}

/** Factor from the unit of a line to that of the axis. */
export function scaleOf(line: Line): number {
  return scales[line.unit] ?? 1;
}

/** Lines as a chart draws them; empty when there is no reading at all. */
export function toSeries(lines: readonly Line[]): Series[] {
  const drawn = lines
    .filter((line) => looks[line.name] && !isAlwaysZero(line))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return drawn.some((line) => line.values.some((value) => value !== null)) ? drawn.map(toOneSeries) : [];
}

export function toChartSteps({
  start,
  stepMs,
  points,
}: Pick<Steps, "start" | "stepMs" | "points">): ChartSteps {
  return { start: new Date(start).getTime(), stepMs, points };
}

/** Codes that never came would fill the legend with zeros. */
function isAlwaysZero(line: Line): boolean {
  return line.name === "unknown" && line.values.every((value) => !value);
}

function toOneSeries(line: Line): Series {
  const scale = scaleOf(line);
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  const look: LineLook = looks[line.name] ?? { label: line.name, colour: "text-3" };
  return { id: line.name, ...look, values: line.values.map(scaled), current: scaled(line.current) };
}
