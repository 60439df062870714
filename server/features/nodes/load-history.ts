import { networkByName } from "../../kernel/networks.ts";
import type { TimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type ActivitySteps, type RollupRow, readActivity, stepsWithActivity } from "./activity-series.ts";
import type { SeriesKind } from "./history-schema.ts";
import { listRollups } from "./list-rollups.ts";
import { isReadingKind, type ReadingRow, stepsWithReadings } from "./reading-series.ts";
import { listReadings, listReadingTimes } from "./reading-store.ts";
import type { NodeInput } from "./schema.ts";
import { bridgeQuiet } from "./steps.ts";
import { requireNodeId } from "./store.ts";

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
