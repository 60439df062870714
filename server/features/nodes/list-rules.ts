// The words of lists of nodes, without the schemas: every page of the browser loads them.

export const nodeStates = [
  "online",
  "degraded",
  "probe_missed",
  "silent",
  "wrong_bytes",
  "draining",
  "unknown",
  "retired",
] as const;

export const nodeSorts = [
  "status",
  "name",
  "key",
  "provider",
  "clusterId",
  "mode",
  "region",
  "version",
  "opsPerSecond",
  "p50Ms",
  "p95Ms",
  "p99Ms",
  "failureRatio",
  "cpu",
  "memory",
  "disk",
  "netInBps",
  "netOutBps",
  "linkBps",
  "storedBytes",
  "capacityBytes",
  "heardAt",
] as const;

export const maxNodesPerPage = 5_000;

/** 0x and 64 lower-case hex digits. */
export const nodeKeyPattern = /^0x[0-9a-f]{64}$/;

/** "388,402,,391" → [388, 402, null, 391]. */
export function readSpark(spark: string): (number | null)[] {
  return spark === "" ? [] : spark.split(",").map((value) => (value === "" ? null : Number(value)));
}
