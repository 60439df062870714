import type { ProbeRecord } from "./rules.ts";
import type { ProbeEntry } from "./schema.ts";

export function toEntry(record: Omit<ProbeRecord, "node" | "network">): ProbeEntry {
  return {
    at: record.at.toISOString(),
    kind: record.kind,
    latencyMs: record.latencyMs,
    httpStatus: record.httpStatus,
    reason: record.reason,
    detail: record.detail,
    version: record.version,
    clockSkewMs: record.clockSkewMs,
    askedBy: record.askedBy,
  };
}
