import { resolveTimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { failureLines, heatmapOf, latencyLines, operationLines } from "./activity-series.ts";
import type { Line, NodeSeries, NodeSeriesInput, SeriesKind } from "./history-schema.ts";
import { type History, loadHistory } from "./load-history.ts";
import { isReadingKind, readingLines } from "./reading-series.ts";
import { gapsOf, toSteps } from "./steps.ts";

/** Panels of one node over a range, out of the rollups of the range's grain. A gap is null, never 0. */
export async function getNodeSeries(ctx: Ctx, input: NodeSeriesInput): Promise<NodeSeries> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const history = await loadHistory(ctx, input, { range, at, kinds: input.kinds });
  return {
    at: at.toISOString(),
    steps: toSteps(range, at),
    panels: input.kinds
      .filter((kind) => kind !== "heatmap")
      .map((kind) => ({ kind, lines: linesOf(kind, history) })),
    heatmap: input.kinds.includes("heatmap") ? heatmapOf(history.rollups, range, history) : null,
    gaps: [
      ...gapsOf(history.reported, range, { source: "telemetry", at }),
      ...(history.activity ? gapsOf(history.heard, range, { source: "activity", at }) : []),
    ],
    hasTelemetry: history.reported.includes(true),
  };
}

function linesOf(kind: SeriesKind, history: History): Line[] {
  if (isReadingKind(kind)) return readingLines(kind, history.readings, history);
  if (history.activity === null) return [];
  if (kind === "operations") return operationLines(history.activity);
  if (kind === "failures") return failureLines(history.activity);
  return latencyLines(history.activity);
}
