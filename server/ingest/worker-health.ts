import type { Health } from "../kernel/lifecycle.ts";
import type { LogState } from "../ports/event-log.ts";

export type HealthFacts = {
  log: LogState;
  /** Why nothing can be written, if so. */
  database: { reason: string; since: Date } | null;
  startedAt: Date;
};

/** Judges a worker, in words for a person. */
export function workerHealth({ log, database, startedAt }: HealthFacts): Health {
  if (log.kind === "unreachable")
    return { state: "down", reason: `${log.reason}, since ${timeOf(log.since)}`, since: log.since };
  if (database)
    return {
      state: "degraded",
      reason: `Nothing is written since ${timeOf(database.since)}: ${database.reason}`,
      since: database.since,
    };
  if (log.kind === "starting")
    return { state: "degraded", reason: "Waiting for Kafka to hand out partitions", since: startedAt };
  return { state: "ok", reason: null, since: null };
}

function timeOf(at: Date): string {
  return `${at.toISOString().slice(11, 19)} UTC`;
}

export type StuckFacts = { log: LogState; logAnswers: boolean; flushStartedAt: Date | null; at: Date };

const stuckMs = 120_000;

/** Why the process should end and be started anew: it waits for something that will not come. Null when it is well. */
export function stuckReason({ log, logAnswers, flushStartedAt, at }: StuckFacts): string | null {
  if (flushStartedAt && at.getTime() - flushStartedAt.getTime() > stuckMs)
    return "a flush has been running for more than two minutes";
  const isLost = log.kind === "unreachable" && at.getTime() - log.since.getTime() > stuckMs;
  return isLost && logAnswers ? "Kafka answers, but the consumer has heard nothing for two minutes" : null;
}
