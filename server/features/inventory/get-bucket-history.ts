import { operations, statuses } from "../../kernel/cells.ts";
import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { eachPackedCell } from "../../kernel/packed-cells.ts";
import { rangeEnd, resolveTimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import {
  failureLines,
  latencyLines,
  operationLines,
  type RollupRow,
  readActivity,
} from "../nodes/activity-series.ts";
import { listRollups } from "../nodes/list-rollups.ts";
import { toSteps } from "../nodes/steps.ts";
import { chargesOfBucket } from "./charges-of-bucket.ts";
import type { BucketHistory, BucketHistoryInput } from "./schema.ts";
import { bitsOf, findBucket } from "./store.ts";

/** What a bucket did over a range, out of rollups. No request in a step is a zero: buckets do not report. */
export async function getBucketHistory(ctx: Ctx, input: BucketHistoryInput): Promise<BucketHistory> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const network = networkByName(input.network).id;
  const [bucket, rollups] = await Promise.all([
    findBucket(ctx.db, { network, bucket: input.bucket }),
    listRollups(ctx.db, { scope: "bucket", network, id: BigInt(bitsOf(input.bucket)) }, range),
  ]);
  if (!bucket) throw notFound("bucket", input.bucket);
  const charges = await chargesOfBucket(ctx, {
    network: input.network,
    bucket: input.bucket,
    owner: bucket.owner,
    from: range.start,
    to: rangeEnd(range),
  });
  const heard = new Array<boolean>(range.points).fill(true);
  const activity = readActivity(rollups, range, { heard, at });
  return {
    at: at.toISOString(),
    steps: toSteps(range, at),
    operations: operationLines(activity),
    failures: failureLines(activity),
    latency: latencyLines(activity),
    ...countsOf(rollups),
    charges,
  };
}

function countsOf(rollups: readonly RollupRow[]): Pick<BucketHistory, "byOperation" | "byStatus"> {
  const ofOperation = new Array<number>(operations.length).fill(0);
  const ofStatus = new Array<number>(statuses.length).fill(0);
  for (const { cells } of rollups)
    eachPackedCell(cells, (key, count) => {
      ofOperation[key >> 13] = (ofOperation[key >> 13] ?? 0) + count;
      ofStatus[(key >> 10) & 7] = (ofStatus[(key >> 10) & 7] ?? 0) + count;
    });
  return {
    byOperation: operations.map((operation, index) => ({
      operation,
      requests: String(ofOperation[index] ?? 0),
    })),
    byStatus: statuses.map((status, index) => ({ status, requests: String(ofStatus[index] ?? 0) })),
  };
}
