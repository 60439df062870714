import type { IngestStatus } from "../system/schema.ts";
import type { Stalled } from "./schema.ts";

/** Is activity read at the moment? While it is not, a node without a request may have had many. */
export function isActivityRead(ingest: readonly IngestStatus[]): boolean {
  const activity = ingest.filter(({ binding }) => binding === "activity");
  return activity.length > 0 && activity.every(({ state }) => state === "ok");
}

/**
 * Does a road stand still by which nodes are heard? Then their silence says nothing about them. Null = all of them move.
 * The reason goes into the middle of sentences.
 */
export function findStalled(all: readonly IngestStatus[]): Stalled | null {
  const ingest = all.filter(({ binding }) => binding === "activity" || binding === "telemetry");
  if (ingest.length === 0) return { since: null, reason: "no Kafka topic of this network is configured" };
  const worst =
    ingest.find(({ state }) => state === "down") ?? ingest.find(({ state }) => state === "degraded");
  if (!worst) return null;
  const reason = worst.reason ?? `ingest of ${worst.topic} is ${worst.state}`;
  return { since: worst.since, reason: reason.replace(/\.\s*$/, "") };
}
