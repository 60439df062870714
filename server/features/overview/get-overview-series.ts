import { networkByName } from "../../kernel/networks.ts";
import { resolveTimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import {
  failureLines,
  latencyLines,
  operationLines,
  readActivity,
  stepsWithActivity,
} from "../nodes/activity-series.ts";
import { listRollups } from "../nodes/list-rollups.ts";
import { bridgeQuiet, toSteps } from "../nodes/steps.ts";
import { listMarks } from "./list-marks.ts";
import type { OverviewSeries, OverviewSeriesInput } from "./schema.ts";

/** All nodes of a network together over a range. */
export async function getOverviewSeries(ctx: Ctx, input: OverviewSeriesInput): Promise<OverviewSeries> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const network = networkByName(input.network).id;
  const [rollups, marks] = await Promise.all([
    listRollups(ctx.db, { scope: "network", network, id: 0 }, range),
    listMarks(ctx.db, { network, range, at }),
  ]);
  const heard = bridgeQuiet(stepsWithActivity(rollups, range), range.stepMs);
  const activity = readActivity(rollups, range, { heard, at });
  return {
    at: at.toISOString(),
    steps: toSteps(range, at),
    operations: operationLines(activity),
    failures: failureLines(activity),
    latency: latencyLines(activity),
    marks,
  };
}
