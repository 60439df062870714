import type { Panel, PanelData } from "./schema.ts";

export type Row = Readonly<Record<string, unknown>>;
export type Steps = { start: Date; stepMs: number; points: number };

/** As many lines as the charts have colours for. */
const mostSeries = 9;

/** The rows of a panel's question as what is drawn. What the rows do not name is null, never 0. */
export function toAnswer(
  panel: Pick<Panel, "form">,
  rows: readonly Row[],
  steps: Steps,
): PanelData["answer"] {
  switch (panel.form) {
    case "timeseries":
      return toSeries(rows, steps);
    case "stat":
      return { kind: "value", value: exactValue(Object.values(rows[0] ?? {})[0]) };
    case "table":
      return {
        kind: "table",
        columns: Object.keys(rows[0] ?? {}),
        rows: rows.map((row) => Object.values(row).map((value) => (value === null ? null : String(value)))),
      };
  }
}

/** The width of the steps that the rows are grouped by may be wider than asked: then each row starts its own stretch. */
function toSeries(rows: readonly Row[], { start, stepMs, points }: Steps): PanelData["answer"] {
  const lines = new Map<string, (number | null)[]>();
  for (const row of rows) {
    const label = String(row.metric ?? "value");
    const index = Math.round((Number(row.time) * 1000 - start.getTime()) / stepMs);
    if (index < 0 || index >= points) continue;
    const values = lines.get(label) ?? new Array<number | null>(points).fill(null);
    values[index] = numberOf(row.value);
    lines.set(label, values);
  }
  const series = [...lines]
    .map(([label, values]) => ({ label, values }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return {
    kind: "series",
    start: start.toISOString(),
    stepMs,
    points,
    series: series.slice(0, mostSeries),
    left: Math.max(0, series.length - mostSeries),
  };
}

/** bigint and numeric come as text and stay it. */
function exactValue(value: unknown): number | string | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return value === null || value === undefined ? null : String(value);
}

function numberOf(value: unknown): number | null {
  const number = value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}
