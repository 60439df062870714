import type { Line, NodeSeries, Steps } from "../../../../../../server/features/nodes/history-schema.ts";
import type { LivePoint } from "../../../../../../server/features/nodes/schema.ts";

/** Which line a live reading belongs to. */
const readings: Partial<Record<Line["name"], (point: LivePoint) => number | null>> = {
  cpu: (point) => point.cpu,
  memory: (point) => point.memory,
  disk: (point) => point.disk,
  net_in: (point) => point.netInBps,
  net_out: (point) => point.netOutBps,
};

/** Of the running minute, so they are a step of their own only where a step is a minute. */
const percentiles: typeof readings = {
  p50: (point) => point.p50Ms,
  p95: (point) => point.p95Ms,
  p99: (point) => point.p99Ms,
};

const minuteMs = 60_000;

/**
 * Puts a reading at the right edge of the charts between two answers of the server: a new step when one begins, else a
 * part of the running step's mean. Steps longer than a minute keep what the server says; only their legends move.
 */
export function withLivePoint(series: NodeSeries, point: LivePoint, at: Date): NodeSeries {
  const added = stepsToAdd(series.steps, at);
  const steps = added === 0 ? series.steps : moved(series.steps, added);
  const share = shareOfStep(steps, at);
  const edge: Edge = { added, share, stepMs: steps.stepMs, point };
  return { ...series, steps, panels: series.panels.map((panel) => movedPanel(panel, edge)) };
}

type Edge = { added: number; share: number; stepMs: number; point: LivePoint };

/** A panel whose lines stay the same is the same object: then its chart is not drawn again. */
function movedPanel(panel: NodeSeries["panels"][number], edge: Edge): NodeSeries["panels"][number] {
  const lines = panel.lines.map((line) => extended(line, edge));
  return lines.every((line, index) => line === panel.lines[index]) ? panel : { ...panel, lines };
}

function extended(line: Line, { added, share, stepMs, point }: Edge): Line {
  const kept = line.values.slice(added);
  const values = [...kept, ...new Array(line.values.length - kept.length).fill(null)];
  const reading = readings[line.name]?.(point);
  const percentile = percentiles[line.name]?.(point);
  const current = reading ?? percentile ?? line.current;
  if (reading !== undefined && stepMs <= minuteMs)
    return { ...line, current, values: withLast(values, (last) => meanWith(last, reading, share)) };
  if (percentile !== undefined && stepMs === minuteMs)
    return { ...line, current, values: withLast(values, () => percentile) };
  return added === 0 && current === line.current ? line : { ...line, current, values };
}

function withLast(values: Line["values"], next: (last: number | null) => number | null): Line["values"] {
  return [...values.slice(0, -1), next(values.at(-1) ?? null)];
}

/** `share` is how much of the step the new reading stands for. */
function meanWith(mean: number | null, reading: number | null, share: number): number | null {
  if (mean === null || reading === null) return reading ?? mean;
  return mean + (reading - mean) * share;
}

function shareOfStep(steps: Steps, at: Date): number {
  const lastStart = endOf(steps) - steps.stepMs;
  const seconds = Math.max(1, Math.ceil((at.getTime() - lastStart) / 1_000));
  return 1 / seconds;
}

function stepsToAdd(steps: Steps, at: Date): number {
  return Math.max(0, Math.floor((at.getTime() - endOf(steps)) / steps.stepMs) + 1);
}

function moved(steps: Steps, added: number): Steps {
  const byMs = added * steps.stepMs;
  const later = (moment: string) => new Date(new Date(moment).getTime() + byMs).toISOString();
  return {
    ...steps,
    from: later(steps.from),
    to: later(steps.to),
    start: later(steps.start),
    partialFrom: steps.partialFrom === null ? null : later(steps.partialFrom),
  };
}

function endOf(steps: Steps): number {
  return new Date(steps.start).getTime() + steps.points * steps.stepMs;
}
