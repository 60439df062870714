import { msBetween } from "../../kernel/clock.ts";
import { lostHeartbeatReason } from "./heartbeat-rules.ts";

export const alertSourceStates = ["ok", "degraded", "down"] as const;

export type SourceFacts = {
  /** When the console last tried, and when it last could; null = never, or alerts come by the webhook alone. */
  askedAt: Date | null;
  readAt: Date | null;
  fault: string | null;
  heartbeatAt: Date | null;
};

/** It is asked every 15 s. */
const unaskedAfterMs = 60_000;

/** How an Alertmanager is, worst first. */
export function judgeAlertSource(
  { askedAt, fault, heartbeatAt }: SourceFacts,
  at: Date,
): { state: (typeof alertSourceStates)[number]; reason: string | null } {
  if (askedAt !== null && msBetween(askedAt, at) > unaskedAfterMs)
    return { state: "down", reason: "The ingest role no longer asks it: it stands, or names it no more." };
  if (fault !== null) return { state: "down", reason: fault };
  const lost = lostHeartbeatReason(heartbeatAt, at);
  return lost === null ? { state: "ok", reason: null } : { state: "degraded", reason: `Prometheus: ${lost}` };
}
