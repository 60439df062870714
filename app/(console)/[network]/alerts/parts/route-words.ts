import type {
  Grouping,
  ReceiverKind,
  RouteDefinition,
} from "../../../../../server/features/notify/schema.ts";

export const kindWords: Record<ReceiverKind, string> = {
  webhook: "Webhook",
  slack: "Slack-compatible",
  email: "E-mail",
  pagerduty: "PagerDuty-compatible",
};

export const groupWords: Record<Grouping, string> = {
  alert: "Each alert",
  subject: "Subject",
  rule: "Rule",
  network: "All together",
};

/** "critical or warning; team = storage" */
export function fitsWords({ severities, matchers }: RouteDefinition): string {
  const parts = [
    ...(severities.length > 0 ? [severities.join(" or ")] : []),
    ...matchers.map(({ label, isEqual, pattern }) => `${label} ${isEqual ? "=" : "≠"} ${pattern}`),
  ];
  return parts.length === 0 ? "everything" : parts.join("; ");
}

/** One matcher a line, as `label = pattern` or `label != pattern`; null = a line that is neither. */
export function parseMatchers(text: string): RouteDefinition["matchers"] | null {
  const lines = text.split(/[\n;]/).flatMap((line) => (line.trim() === "" ? [] : [line]));
  const matchers = lines.map((line) => /^\s*([a-zA-Z_]\w*)\s*(!?=)\s*(.+?)\s*$/.exec(line));
  if (matchers.some((match) => match === null)) return null;
  return matchers.flatMap((match) => {
    const [, label = "", sign, pattern = ""] = match ?? [];
    return [{ label, isEqual: sign === "=", pattern }];
  });
}

export function matchersText(matchers: RouteDefinition["matchers"]): string {
  return matchers
    .map(({ label, isEqual, pattern }) => `${label} ${isEqual ? "=" : "!="} ${pattern}`)
    .join("; ");
}
