import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { resolveTimeRange, type TimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Database } from "../../ports/database.ts";
import {
  type ActivitySteps,
  failureLines,
  heatmapOf,
  latencyLines,
  operationLines,
  type RollupRow,
  readActivity,
  stepsWithActivity,
} from "./activity-series.ts";
import type {
  Heatmap,
  Line,
  NodeHeatmapInput,
  NodeSeries,
  NodeSeriesInput,
  SeriesKind,
} from "./history-schema.ts";
import { listReadings, listReadingTimes, listRollups } from "./history-store.ts";
import { isReadingKind, type ReadingRow, readingLines, stepsWithReadings } from "./reading-series.ts";
import type { NodeInput } from "./schema.ts";
import { bridgeQuiet, gapsOf, toSteps } from "./steps.ts";

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
  };
}

export async function getNodeHeatmap(ctx: Ctx, input: NodeHeatmapInput): Promise<Heatmap> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const history = await loadHistory(ctx, input, { range, at, kinds: ["heatmap"] });
  return heatmapOf(history.rollups, range, history);
}

/** `ddc_node.id` of a key. */
export async function requireNodeId(db: Pick<Database, "sql">, { network, key }: NodeInput): Promise<number> {
  const rows = await db.sql<{ id: number }>("SELECT id FROM ddc_node WHERE network = $1 AND node_key = $2", [
    networkByName(network).id,
    key,
  ]);
  const id = rows[0]?.id;
  if (id === undefined) throw notFound("node", key);
  return id;
}

export type History = {
  range: TimeRange;
  at: Date;
  rollups: RollupRow[];
  readings: ReadingRow[];
  /** Steps in which telemetry came, and in which the node was heard at all. */
  reported: boolean[];
  heard: boolean[];
  activity: ActivitySteps | null;
};

/** Reads only what the kinds need, but always when the node was heard: that tells a gap from a quiet step. */
export async function loadHistory(
  ctx: Pick<Ctx, "db">,
  node: NodeInput,
  { range, at, kinds }: { range: TimeRange; at: Date; kinds: readonly SeriesKind[] },
): Promise<History> {
  const id = await requireNodeId(ctx.db, node);
  const network = networkByName(node.network).id;
  const wantsReadings = kinds.some(isReadingKind);
  const wantsActivity = kinds.some((kind) => !isReadingKind(kind));
  const [rollups, readings, times] = await Promise.all([
    wantsActivity ? listRollups(ctx.db, { scope: "node", network, id }, range) : [],
    wantsReadings ? listReadings(ctx.db, id, range) : [],
    wantsReadings ? [] : listReadingTimes(ctx.db, id, range),
  ]);
  const reported = bridgeQuiet(stepsWithReadings(wantsReadings ? readings : times, range), range.stepMs);
  const active = stepsWithActivity(rollups, range);
  const heard = bridgeQuiet(
    active.map((isActive, step) => isActive || reported[step] === true),
    range.stepMs,
  );
  const activity = wantsActivity ? readActivity(rollups, range, { heard, at }) : null;
  return { range, at, rollups, readings, reported, heard, activity };
}

function linesOf(kind: SeriesKind, history: History): Line[] {
  if (isReadingKind(kind)) return readingLines(kind, history.readings, history);
  if (history.activity === null) return [];
  if (kind === "operations") return operationLines(history.activity);
  if (kind === "failures") return failureLines(history.activity);
  return latencyLines(history.activity);
}
