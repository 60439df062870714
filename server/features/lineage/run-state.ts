import type { EventType } from "./open-lineage-schema.ts";

export const runStates = ["running", "completed", "failed", "aborted", "unknown"] as const;
export type RunState = (typeof runStates)[number];

type StateFacts = { state: RunState; rank: number; isStart: boolean; isEnd: boolean };

/**
 * What one event says of its run. Of all events the highest rank wins, then the latest time: an end outweighs a START that
 * comes late, and OTHER or none says only that the run exists. So the state does not depend on the order of arrival.
 */
export function stateOf(type: EventType | null): StateFacts {
  switch (type) {
    case "COMPLETE":
      return { state: "completed", rank: 3, isStart: false, isEnd: true };
    case "FAIL":
      return { state: "failed", rank: 3, isStart: false, isEnd: true };
    case "ABORT":
      return { state: "aborted", rank: 3, isStart: false, isEnd: true };
    case "START":
      return { state: "running", rank: 2, isStart: true, isEnd: false };
    case "RUNNING":
      return { state: "running", rank: 2, isStart: false, isEnd: false };
    case "OTHER":
    case null:
      return { state: "unknown", rank: 1, isStart: false, isEnd: false };
  }
}
