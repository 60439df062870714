import type { Alert, Outcome } from "../../../../../server/features/alerts/schema.ts";
import type { Notification } from "../../../../_ui/notify.ts";

const namedFailures = 4;

type Done = { alerts: readonly Alert[]; outcomes: readonly Outcome[]; word: string };

/** "11 of 12 acknowledged", and why the others were not. */
export function outcomeNotification({ alerts, outcomes, word }: Done): Notification {
  const refused = outcomes.filter(({ kind }) => kind === "refused");
  const [only] = alerts;
  const name = only ? `${only.title}, ${only.subject.name}` : "";
  if (refused.length === 0)
    return alerts.length === 1
      ? { tone: "ok", title: `${name}: ${word}` }
      : { tone: "ok", title: `${alerts.length} alerts ${word}` };
  const title =
    alerts.length === 1
      ? `${name}: not ${word}`
      : `${outcomes.length - refused.length} of ${outcomes.length} ${word}`;
  const reasons = refused.slice(0, namedFailures).map(({ id, reason }) => {
    const alert = alerts.find((candidate) => candidate.id === id);
    return `${alert?.subject.name ?? id}: ${reason ?? "refused"}`;
  });
  const more = refused.length - reasons.length;
  return { tone: "warn", title, detail: [...reasons, ...(more > 0 ? [`and ${more} more`] : [])].join("\n") };
}
