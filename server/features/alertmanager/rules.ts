import { isNetworkName, type NetworkName } from "../../kernel/networks.ts";
import type { Severity, SubjectKind } from "../alerts/schema.ts";
import type { ApiMatcher, ApiSilence, ForeignAlert } from "./alertmanager-schema.ts";

const severityWords: Readonly<Record<string, Severity>> = {
  critical: "critical",
  page: "critical",
  error: "critical",
  info: "info",
  none: "info",
};

export function foreignSeverity(labels: ForeignAlert["labels"]): Severity {
  return severityWords[labels.severity?.toLowerCase() ?? ""] ?? "warning";
}

const nodeKey = /^0x[0-9a-f]{64}$/;

/** What it is about: a node where it names one, else what was scraped. */
export function foreignSubject(labels: ForeignAlert["labels"]): { kind: SubjectKind; id: string } {
  const node = labels.ddc_node?.toLowerCase();
  if (node !== undefined && nodeKey.test(node)) return { kind: "node", id: node };
  const id = labels.instance || labels.service || labels.job || labels.alertname || "unnamed";
  return { kind: "service", id: id.slice(0, 300) };
}

/** The network that an alert names. */
export function foreignNetwork(labels: ForeignAlert["labels"]): NetworkName | null {
  const name = labels.ddc_network ?? labels.network ?? "";
  return isNetworkName(name) ? name : null;
}

const longestText = 1_000;

export function foreignWords({ labels, annotations }: Pick<ForeignAlert, "labels" | "annotations">) {
  const name = labels.alertname ?? "unnamed";
  const title = annotations.summary?.trim() || name;
  return {
    rule: name.slice(0, 200),
    title: title.slice(0, 300),
    detail: (annotations.description?.trim() || annotations.message?.trim() || title).slice(0, longestText),
  };
}

/** Only addresses that a browser may follow. */
export function safeLink(address: string): string | null {
  return /^https?:\/\//.test(address) && URL.canParse(address) ? address : null;
}

/** `name="value"`, as Alertmanager writes it. */
export function matcherText({ name, value, isRegex, isEqual }: ApiMatcher): string {
  const sign = isRegex ? (isEqual ? "=~" : "!~") : isEqual ? "=" : "!=";
  return `${name}${sign}${JSON.stringify(value)}`;
}

/** A silence in our words, where they can say all of it: one rule, one node or both, of one network. Null = they cannot. */
export function ownMatcher(
  matchers: readonly ApiMatcher[],
): { rule: string | null; node: string | null } | null {
  const named = new Map<string, string>();
  for (const { name, value, isRegex, isEqual } of matchers) {
    const isPlain = !isRegex && isEqual && !named.has(name);
    if (!isPlain || !ownLabels.has(name)) return null;
    named.set(name, value);
  }
  const node = named.get("ddc_node")?.toLowerCase() ?? null;
  if (node !== null && !nodeKey.test(node)) return null;
  return { rule: named.get("alertname") ?? null, node };
}

const ownLabels: ReadonlySet<string> = new Set(["alertname", "ddc_node", "ddc_network"]);

/** One Alertmanager may serve several networks: is this silence, by its mark or its matchers, one of another than this? */
export function isOfAnotherNetwork(
  network: NetworkName,
  { comment, matchers }: Pick<ApiSilence, "comment" | "matchers">,
): boolean {
  const marked = mark.exec(comment)?.[1];
  if (marked !== undefined) return marked !== network;
  const isPlain = ({ name, isRegex, isEqual }: ApiMatcher) => name === "ddc_network" && !isRegex && isEqual;
  return matchers.some((matcher) => isPlain(matcher) && matcher.value !== network);
}

export type OwnSilence = { rule: string | null; subjectKind: string | null; subjectId: string | null };

/**
 * What a silence of ours hides there; null = nothing that an Alertmanager could know. Other networks' alerts go on there,
 * those that name none do not.
 */
export function foreignMatchers(
  network: NetworkName,
  { rule, subjectKind, subjectId }: OwnSilence,
): ApiMatcher[] | null {
  const labels: Readonly<Record<string, string>> = { node: "ddc_node", service: "instance" };
  const label = subjectKind === null ? undefined : labels[subjectKind];
  if (subjectKind !== null && label === undefined) return null;
  const plain = (name: string, value: string): ApiMatcher => ({ name, value, isRegex: false, isEqual: true });
  return [
    ...(rule === null ? [] : [plain("alertname", rule)]),
    ...(label === undefined || subjectId === null ? [] : [plain(label, subjectId)]),
    { name: "ddc_network", value: `${network}|`, isRegex: true, isEqual: true },
  ];
}

/** Stands in the comment of a silence of ours there, so that it is known again after a crash before its id was kept. */
export function silenceMark(network: NetworkName, id: string): string {
  return `(console silence ${network}/${id})`;
}

const mark = /\(console silence (\w+)\/(\d{1,18})\)$/;

export function markedId(network: NetworkName, { comment }: Pick<ApiSilence, "comment">): string | null {
  const [, marked, id] = mark.exec(comment) ?? [];
  return marked === network && id !== undefined ? id : null;
}

/** After a start Prometheus needs this long to tell it again what fires: until then what is missing is not over. */
export const settlesMs = 300_000;
