import type { ActivityCounter } from "./activity-counter.ts";
import { ActivityRows } from "./activity-rows.ts";
import { NodesSeen } from "./nodes-seen.ts";
import { RollupCounter } from "./rollup-counter.ts";

/** What a flush of activity keeps, in the order in which it is written: a further sum is a further line. */
export const activityCounters: readonly (() => ActivityCounter)[] = [
  () => new ActivityRows(),
  () => new RollupCounter(),
  () => new NodesSeen(),
];
