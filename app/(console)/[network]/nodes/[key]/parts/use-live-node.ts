"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { NodeSeriesInput } from "../../../../../../server/features/nodes/history-schema.ts";
import { nodeStatus } from "../../../../../../server/features/nodes/rules.ts";
import type { LivePoint, NodeDetail } from "../../../../../../server/features/nodes/schema.ts";
import { roomName } from "../../../../../../server/live/topics.ts";
import { useLiveRoom } from "../../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { withLivePoint } from "./live-series.ts";

/** A window drawn by the second is asked anew this often: one reading is not yet all that its newest steps hold. */
const askEveryMs = 2_000;
const secondMs = 1_000;

/** Puts the points of one node into its figures and, while the range runs on, at the right edge of its charts. */
export function useLiveNode(input: NodeSeriesInput, isLive: boolean): void {
  const { network, key } = input;
  const trpc = useTRPC();
  const client = useQueryClient();
  const askedAt = useRef(0);
  useLiveRoom(roomName({ kind: "node", network, nodeKey: key }), ({ at, nodes }) => {
    const point = nodes.find((candidate) => candidate.key === key);
    if (!point) return;
    const moment = new Date(at);
    client.setQueryData(
      trpc.nodes.get.queryKey({ network, key }),
      (old) => old && withPoint(old, point, moment),
    );
    if (!isLive) return;
    const queryKey = trpc.nodes.series.queryKey(input);
    if (client.getQueryData(queryKey)?.steps.stepMs !== secondMs)
      return void client.setQueryData(queryKey, (old) => old && withLivePoint(old, point, moment));
    if (moment.getTime() - askedAt.current < askEveryMs) return;
    askedAt.current = moment.getTime();
    void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
  });
}

function withPoint(detail: NodeDetail, point: LivePoint, at: Date): NodeDetail {
  const { node, reportedAt, activeAt } = detail;
  const next = { ...node, ...point };
  return {
    ...detail,
    node: { ...next, status: nodeStatus(next, at, detail) },
    reportedAt: isSame(telemetryFields, node, point) ? reportedAt : point.heardAt,
    activeAt: isSame(activityFields, node, point) ? activeAt : point.heardAt,
  };
}

const telemetryFields = ["cpu", "memory", "disk", "netInBps", "netOutBps"] as const;
const activityFields = ["opsPerSecond", "p50Ms", "p99Ms", "requests10s"] as const;

/** A point says when the node was heard, not by which road: by the one whose figures moved. */
function isSame(fields: readonly (keyof LivePoint)[], before: LivePoint, after: LivePoint): boolean {
  return fields.every((field) => before[field] === after[field]);
}
