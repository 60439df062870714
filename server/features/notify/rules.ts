import { msBetween } from "../../kernel/clock.ts";
import { inDuration } from "../../kernel/wording.ts";
import type { Severity } from "../alerts/schema.ts";
import type { Change, Grouping, Matcher, ReceiverKind, RouteDefinition } from "./schema.ts";

/** What a route looks at. `labels` are all of them, `allLabels` below. */
export type RoutedAlert = { severity: Severity; labels: Readonly<Record<string, string>> };

export type Verdict = { isTold: boolean; why: string };

/** Does this route tell of this alert? Says the first thing that speaks against it, or what spoke for it. */
export function judgeRoute(route: RouteDefinition, alert: RoutedAlert): Verdict {
  if (!route.isEnabled) return { isTold: false, why: "the route is switched off" };
  if (route.severities.length > 0 && !route.severities.includes(alert.severity))
    return { isTold: false, why: `severity is not ${route.severities.join(" or ")}` };
  for (const matcher of route.matchers) {
    const against = againstMatcher(matcher, alert.labels);
    if (against !== null) return { isTold: false, why: against };
  }
  const named = [
    ...(route.severities.length > 0 ? ["severity"] : []),
    ...route.matchers.map(({ label }) => label),
  ];
  return { isTold: true, why: named.length === 0 ? "it takes everything" : `${named.join(", ")} match` };
}

function againstMatcher({ label, isEqual, pattern }: Matcher, labels: RoutedAlert["labels"]): string | null {
  const value = labels[label] ?? "";
  if (fitsPattern(pattern, value) === isEqual) return null;
  if (isEqual) return value === "" ? `no label ${label}` : `${label} is ${value}, not ${pattern}`;
  return `${label} is ${value}`;
}

/** `*` stands for any run of characters. Linear: after the first part, each next one is sought from where the last ended. */
export function fitsPattern(pattern: string, value: string): boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return value === first;
  if (!value.startsWith(first)) return false;
  const last = rest.pop() ?? "";
  let from = first.length;
  for (const part of rest) {
    const at = value.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return value.length - last.length >= from && value.endsWith(last);
}

export type LabelledAlert = {
  network: string;
  source: string;
  rule: string;
  severity: Severity;
  subject: { kind: string; id: string; name: string };
  labels: Readonly<Record<string, string>>;
};

/** An alert's own labels and what every alert has; the latter win. */
export function allLabels(alert: LabelledAlert): Record<string, string> {
  const { network, source, rule, severity, subject } = alert;
  return {
    ...alert.labels,
    network,
    source,
    alertname: rule,
    severity,
    subject: subject.name,
    [subject.kind]: subject.id,
  };
}

/** Some receivers keep one entry an alert themselves, so each alert is a message of its own. */
export function groupKey(
  kind: ReceiverKind,
  groupBy: Grouping,
  alert: { id: string; rule: string; subject: { kind: string; id: string } },
): string {
  if (kind === "pagerduty" || groupBy === "alert") return `alert ${alert.id}`;
  if (groupBy === "rule") return `rule ${alert.rule}`;
  return groupBy === "subject" ? `${alert.subject.kind} ${alert.subject.id}` : "network";
}

/** An acknowledgement is of use only where the other side keeps a state of its own. */
export function takesChange(kind: ReceiverKind, route: RouteDefinition, change: Change): boolean {
  if (change === "acknowledged") return kind === "pagerduty";
  return change === "firing" || route.tellsResolved;
}

export type HeldAlert = {
  isResolved: boolean;
  /** Snoozed or silenced until then. */
  quietUntil: Date | null;
  /** Worked on until then. */
  maintenanceUntil: Date | null;
  /** What fires on the same subject and explains this one. */
  inhibitedBy: string | null;
  /** The change waited because the alert was hidden. */
  wasHidden: boolean;
  /** What became of its firing at this receiver; a date = it waits until then. */
  firing: "told" | "untold" | Date;
};

export type ItemVerdict =
  | { kind: "send" }
  /** `why` null = only for its turn. */
  | { kind: "hold"; until: Date; why: string | null }
  | { kind: "drop"; why: string };

const askAgainMs = 15_000;

/** What becomes of one change that is due. What is hidden waits; what ended while it was hidden was never news. */
export function judgeItem(change: Change, alert: HeldAlert, at: Date): ItemVerdict {
  return change === "firing" ? judgeFiring(alert, at) : judgeEnd(alert.firing, at);
}

/** Until when an alert is hidden, and by what, that which lasts longer; null = it is not. */
export function hiddenBy(
  { quietUntil, maintenanceUntil }: Pick<HeldAlert, "quietUntil" | "maintenanceUntil">,
  at: Date,
): { until: Date; why: string } | null {
  const [longer] = [
    { until: quietUntil, why: "silenced or snoozed" },
    { until: maintenanceUntil, why: "in maintenance" },
  ]
    .flatMap(({ until, why }) => (until !== null && until > at ? [{ until, why }] : []))
    .sort((one, other) => other.until.getTime() - one.until.getTime());
  return longer ?? null;
}

function judgeFiring(alert: HeldAlert, at: Date): ItemVerdict {
  const { isResolved, inhibitedBy, wasHidden } = alert;
  const hidden = hiddenBy(alert, at);
  const isHidden = hidden !== null || inhibitedBy !== null;
  if (isResolved && (isHidden || wasHidden)) return { kind: "drop", why: "it resolved while it was hidden" };
  if (hidden !== null) return { kind: "hold", ...hidden };
  if (inhibitedBy === null) return { kind: "send" };
  return { kind: "hold", until: new Date(at.getTime() + askAgainMs), why: `explained by ${inhibitedBy}` };
}

/** Nobody hears of the end of what they did not hear of, nor of the end before the beginning. */
function judgeEnd(firing: HeldAlert["firing"], at: Date): ItemVerdict {
  if (firing === "told") return { kind: "send" };
  if (firing === "untold") return { kind: "drop", why: "its firing was not told" };
  return { kind: "hold", until: new Date(Math.max(firing.getTime(), at.getTime() + 1_000)), why: null };
}

const backOffMs = [5_000, 15_000, 45_000, 120_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000];
export const mostAttempts = backOffMs.length + 1;
const longestWaitMs = 7_200_000;

/** What follows a failed attempt, the `attempts`th: when to try again, or null = never. */
export function nextAttempt(
  failure: { status: number | null; retryAfterMs: number | null },
  attempts: number,
  at: Date,
): Date | null {
  if (isFinal(failure.status)) return null;
  const wait = backOffMs[attempts - 1];
  if (wait === undefined) return null;
  return new Date(at.getTime() + Math.min(longestWaitMs, Math.max(wait, failure.retryAfterMs ?? 0)));
}

/** The receiver understood and does not want it: the same words would be refused again. */
function isFinal(status: number | null): boolean {
  if (status === null || status === 408 || status === 425 || status === 429) return false;
  return status >= 300 && status < 500;
}

export const stuckAfterMs = 120_000;

/** Why notifications do not go out; null = they do. `dueSince` is of the oldest that nobody has picked up. */
export function stuckReason(dueSince: Date | null, at: Date): string | null {
  if (dueSince === null) return null;
  const ageMs = msBetween(dueSince, at);
  return ageMs > stuckAfterMs ? `Notifications wait for ${inDuration(ageMs)}: nobody sends them.` : null;
}
