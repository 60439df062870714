import { inCount } from "../../kernel/wording.ts";
import type { IngestStatus } from "../system/schema.ts";
import type { Stalled } from "./schema.ts";

/** Is activity read at the moment? While it is not, a node without a request may have had many. */
export function isActivityRead(ingest: readonly IngestStatus[]): boolean {
  const activity = ingest.filter(({ binding }) => binding === "activity");
  return activity.length > 0 && activity.every(({ state }) => state === "ok");
}

/** Silence is judged from 5 s on (rules.ts), so a road that holds more than that of records may hold a node's too. */
const trustedSeconds = 5;
/** So few are on their way at any moment, also where little is written. */
const underWay = 20;

/**
 * Does a road by which nodes are heard stand still, or hold back what some of them said? Then their silence says nothing
 * about them. Partitions are caught up with one after the other, so the newest record alone does not tell. Null = all
 * roads are clear. The reason goes into the middle of sentences.
 */
export function findStalled(all: readonly IngestStatus[]): Stalled | null {
  const ingest = all.filter(({ binding }) => binding === "activity" || binding === "telemetry");
  if (ingest.length === 0) return { since: null, reason: "no Kafka topic of this network is configured" };
  const worst =
    ingest.find(({ state }) => state === "down") ?? ingest.find(({ state }) => state === "degraded");
  if (!worst) return findHeldBack(ingest);
  const reason = worst.reason ?? `ingest of ${worst.topic} is ${worst.state}`;
  return { since: worst.since, reason: reason.replace(/\.\s*$/, "") };
}

function findHeldBack(ingest: readonly IngestStatus[]): Stalled | null {
  const held = ingest.find(
    ({ lagRecords, recordsPerSecond }) =>
      (lagRecords ?? 0) > Math.max(underWay, trustedSeconds * (recordsPerSecond ?? 0)),
  );
  if (!held) return null;
  return {
    since: null,
    reason: `${inCount(held.lagRecords ?? 0, "record")} of ${held.topic} wait to be stored`,
  };
}
