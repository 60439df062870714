import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { AlertView, GroupBy, Severity } from "../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";

/** Those of the tabs that list alerts. */
const alertViews = [
  "queue",
  "acknowledged",
  "quiet",
  "pending",
  "resolved",
] as const satisfies readonly AlertView[];
const severities = ["critical", "warning", "info"] as const satisfies readonly Severity[];

const groupings = ["rule", "subject", "severity"] as const satisfies readonly GroupBy[];

/** The views of the queue, then what stands beside it. */
export const alertTabs = [...alertViews, "rules", "silences", "maintenance", "routes", "deliveries"] as const;
export type AlertTab = (typeof alertTabs)[number];

export const alertsParsers = {
  tab: parseAsStringLiteral(alertTabs).withDefault("queue"),
  q: parseAsString.withDefault(""),
  /** "me", "none" or a person's id; "" = anybody. */
  owner: parseAsString.withDefault(""),
  severity: parseAsArrayOf(parseAsStringLiteral(severities)).withDefault([]),
  /** What alerts are put together by; without it each stands alone. */
  by: parseAsStringLiteral(groupings),
  /** The key of the group that is looked into. */
  in: parseAsString,
  /** The alert that is open beside the list. */
  alert: parseAsString,
};

export const loadAlertsParams = createLoader(alertsParsers);

export const alertsPerPage = 100;

export function isAlertView(tab: AlertTab): tab is AlertView {
  return alertViews.some((view) => view === tab);
}

type Filter = { q: string; owner: string; severity: readonly Severity[] };

export function toListInput(network: NetworkName, view: AlertView, { q, owner, severity }: Filter) {
  return {
    network,
    view,
    ...(q.trim() !== "" && { text: q.trim() }),
    ...(owner !== "" && { owner }),
    ...(severity.length > 0 && { severity: [...severity] }),
    limit: alertsPerPage,
  };
}
