import type { LatencyMs } from "../nodes/dense-histogram.ts";
import type { NodeRow } from "../nodes/schema.ts";
import { countByStatus, sumOf } from "../nodes/select-nodes.ts";
import { capacityOf, clusterName, failureRatioOf } from "./rules.ts";
import type { ClusterRow } from "./schema.ts";
import type { ClusterIdentity } from "./store.ts";

/** Nodes that the chain removed count in `byStatus` only. */
export function buildRow(
  { clusterId, registered, buckets }: ClusterIdentity,
  nodes: readonly NodeRow[],
  latency: LatencyMs | undefined,
): ClusterRow {
  const present = presentNodes(nodes);
  return {
    clusterId,
    name: clusterName(clusterId),
    status: registered?.status ?? null,
    nodes: present.length,
    byStatus: countByStatus(nodes),
    capacity: capacityOf(present),
    rate: {
      opsPerSecond: sumOf(present, "opsPerSecond"),
      p50Ms: latency?.p50Ms ?? null,
      p95Ms: latency?.p95Ms ?? null,
      p99Ms: latency?.p99Ms ?? null,
      failureRatio: failureRatioOf(present),
    },
    replicationTotal: registered?.replicationTotal ?? null,
    erasureCodingRequired: registered?.erasureCodingRequired ?? null,
    erasureCodingTotal: registered?.erasureCodingTotal ?? null,
    buckets: buckets === null ? null : buckets.total - buckets.removed,
  };
}

export function presentNodes(nodes: readonly NodeRow[]): NodeRow[] {
  return nodes.filter(({ removedAt }) => removedAt === null);
}
