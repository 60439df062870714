import { msBetween } from "../../kernel/clock.ts";
import { inDuration } from "../../kernel/wording.ts";

/** Alertmanager repeats it every minute to a minute and a half (deploy/prometheus/alertmanager.yml). */
const heartbeatLostMs = 180_000;
/** Who took the path away on purpose is not told for good. */
const forgottenMs = 7 * 24 * 3_600_000;

/** Prometheus' custom: an alert that always fires, by this name, says that the path lives. Nobody has to work on it. */
export function isHeartbeat(labels: Readonly<Record<string, string>>): boolean {
  return labels.alertname === "Watchdog";
}

/** Why alerts of Prometheus may be missing, by when its heartbeat last came; null = they may not, or it never came. */
export function lostHeartbeatReason(lastAt: Date | null, at: Date): string | null {
  if (lastAt === null) return null;
  const ageMs = msBetween(lastAt, at);
  if (ageMs <= heartbeatLostMs || ageMs > forgottenMs) return null;
  return `Its Watchdog, which always fires, last came through Alertmanager ${inDuration(ageMs)} ago: alerts may be missing.`;
}
