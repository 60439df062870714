"use client";

import { useMemo } from "react";
import type { RolloutDetail } from "../../../../../../server/features/rollouts/schema.ts";
import type { Steps } from "../../../../../_charts/chart-data.ts";
import { TimeSeries } from "../../../../../_charts/time-series.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";

type Point = RolloutDetail["stable"][number];
const slotMs = 10_000;

/** Both versions over the same time; a slot without events is a gap. */
export function ComparisonCharts({ detail }: { detail: RolloutDetail }) {
  const { stable, candidate, rollout } = detail;
  const steps = useMemo(() => stepsOf([...stable, ...candidate]), [stable, candidate]);
  if (!steps) return null;
  const chart = (label: string, unit: string, pick: (point: Point) => number | null) => (
    <TimeSeries
      label={label}
      unit={unit}
      steps={steps}
      syncId={`rollout ${rollout.id}`}
      series={[
        {
          id: "stable",
          label: `stable ${rollout.stable?.semver ?? ""}`,
          colour: "text-3",
          values: valuesOf(stable, steps, pick),
        },
        {
          id: "candidate",
          label: `candidate ${rollout.candidate.semver}`,
          colour: "cat-1",
          values: valuesOf(candidate, steps, pick),
        },
      ]}
    />
  );
  return (
    <Sheet columns="1fr 1fr 1fr">
      <Panel title="Latency p99" sub="ms">
        {chart("Latency p99", "ms", ({ p99Ms }) => p99Ms)}
      </Panel>
      <Panel title="Error rate" sub="%">
        {chart("Error rate", "%", ({ errorPercent }) => errorPercent)}
      </Panel>
      <Panel title="Events" sub="per second">
        {chart("Events", "/s", ({ count }) => count / (slotMs / 1_000))}
      </Panel>
    </Sheet>
  );
}

function stepsOf(points: readonly Point[]): Steps | null {
  const times = points.map(({ at }) => Date.parse(at));
  if (times.length === 0) return null;
  const start = times.reduce((least, at) => Math.min(least, at));
  const end = times.reduce((most, at) => Math.max(most, at));
  return { start, stepMs: slotMs, points: Math.max(2, (end - start) / slotMs + 1) };
}

function valuesOf(
  points: readonly Point[],
  steps: Steps,
  pick: (point: Point) => number | null,
): (number | null)[] {
  const byTime = new Map(points.map((point) => [Date.parse(point.at), pick(point)]));
  return Array.from(
    { length: steps.points },
    (_, index) => byTime.get(steps.start + index * steps.stepMs) ?? null,
  );
}
