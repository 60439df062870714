import type { NetworkName } from "../../kernel/networks.ts";
import { inCount } from "../../kernel/wording.ts";
import { renderTemplate } from "./render-template.ts";
import type { Change, Content, RouteDefinition } from "./schema.ts";

export type ContentAlert = Omit<Content["alerts"][number], "link">;

export type ContentParts = {
  network: NetworkName;
  /** Address that people open. */
  baseUrl: string;
  templates: Pick<RouteDefinition, "titleTemplate" | "lineTemplate">;
  isTest?: boolean;
  alerts: readonly ContentAlert[];
};

const titleWords: Record<Change, string> = {
  firing: "Firing",
  acknowledged: "Acknowledged",
  resolved: "Resolved",
};
export const builtInTitle = "{{ state }}: {{ title }}, {{ subject }}";
export const builtInLine = "{{ state }}: {{ title }}, {{ subject }}: {{ detail }}";
const shownLines = 20;

/** The words of one message, by the route's templates. */
export function buildContent({ network, baseUrl, templates, isTest = false, alerts }: ContentParts): Content {
  const linked = alerts.map((alert) => ({
    ...alert,
    link: new URL(`/${network}/alerts?alert=${alert.id}`, baseUrl).href,
  }));
  const [first] = linked;
  const more = linked.length - 1;
  const title = first
    ? renderTemplate(templates.titleTemplate ?? builtInTitle, valuesOf(network, first))
    : "";
  const lines = linked
    .slice(0, shownLines)
    .map((alert) => renderTemplate(templates.lineTemplate ?? builtInLine, valuesOf(network, alert)));
  const unsaid = linked.length - lines.length;
  return {
    network,
    title: `${isTest ? "[test] " : ""}${title}${more > 0 ? ` and ${inCount(more, "more alert")}` : ""}`,
    text: [...lines, ...(unsaid > 0 ? [`and ${unsaid} more`] : [])].join("\n"),
    link: more > 0 || !first ? new URL(`/${network}/alerts`, baseUrl).href : first.link,
    isTest,
    alerts: linked,
  };
}

function valuesOf(network: NetworkName, alert: Content["alerts"][number]): Record<string, string> {
  const labels = Object.entries(alert.labels).map(([name, value]) => [`labels.${name}`, value] as const);
  return {
    ...Object.fromEntries(labels),
    state: titleWords[alert.change],
    title: alert.title,
    subject: alert.subject,
    detail: alert.detail,
    severity: alert.severity,
    network,
    link: alert.link,
    at: alert.at,
  };
}
