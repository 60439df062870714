import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { rangeEnd, resolveTimeRange } from "../../kernel/time-range.ts";
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
import { chargesOfCluster } from "./charges-of-cluster.ts";
import type { ClusterHistory, GetClusterInput } from "./schema.ts";
import { findClusterId } from "./store.ts";

/** What the nodes of a cluster did together over a range, and what its customers were charged. A gap is null, never 0. */
export async function getClusterHistory(ctx: Ctx, input: GetClusterInput): Promise<ClusterHistory> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const network = networkByName(input.network).id;
  const id = await findClusterId(ctx.db, { network, clusterId: input.clusterId });
  if (id === null) throw notFound("cluster", input.clusterId);
  const [rollups, charges] = await Promise.all([
    listRollups(ctx.db, { scope: "cluster", network, id }, range),
    chargesOfCluster(ctx, { network: input.network, cluster: id, from: range.start, to: rangeEnd(range) }),
  ]);
  const heard = bridgeQuiet(stepsWithActivity(rollups, range), range.stepMs);
  const activity = readActivity(rollups, range, { heard, at });
  return {
    at: at.toISOString(),
    steps: toSteps(range, at),
    operations: operationLines(activity),
    failures: failureLines(activity),
    latency: latencyLines(activity),
    charges,
  };
}
