import type { Condition } from "../../../../../../../server/features/alerts/condition-schema.ts";
import { type MetricId, metricOf } from "../../../../../../../server/features/alerts/metric-rules.ts";
import type { OwnRule } from "../../../../../../../server/features/alerts/rule-schema.ts";
import type { Severity } from "../../../../../../../server/features/alerts/schema.ts";

export type ConditionKind = Condition["kind"];

/** A rule while it is being written: text as it is typed, in the units that stand beside the fields. */
export type OwnDraft = {
  title: string;
  kind: ConditionKind;
  metric: MetricId;
  /** Of a ratio or a burn rate: what the first is a share of. */
  whole: MetricId;
  windowM: string;
  breach: "above" | "below";
  limit: string;
  least: string;
  withinH: string;
  objective: string;
  nodes: string;
  forS: string;
  severity: Severity;
  labels: string;
  runbook: string;
  isEnabled: boolean;
};

const blank: OwnDraft = {
  title: "",
  kind: "threshold",
  metric: "cpu",
  whole: "requests",
  windowM: "5",
  breach: "above",
  limit: "90",
  least: "100",
  withinH: "24",
  objective: "99.9",
  nodes: "*",
  forS: "60",
  severity: "warning",
  labels: "",
  runbook: "",
  isEnabled: true,
};

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** A budget of 30 days: gone in two days, and gone in five. */
const burnPairs = [
  { longMs: hourMs, shortMs: 5 * minuteMs, factor: 14.4 },
  { longMs: 6 * hourMs, shortMs: 30 * minuteMs, factor: 6 },
];

export function ownDraftOf(own: OwnRule | null): OwnDraft {
  if (own === null) return blank;
  const { title, condition, nodes, severity, isEnabled } = own;
  return {
    ...blank,
    ...{ title, nodes, severity, isEnabled, kind: condition.kind },
    forS: String(own.forMs / 1_000),
    labels: Object.entries(own.labels)
      .map(([label, value]) => `${label} = ${value}`)
      .join("; "),
    runbook: own.runbook ?? "",
    ...fieldsOf(condition),
  };
}

function fieldsOf(condition: Condition): Partial<OwnDraft> {
  switch (condition.kind) {
    case "threshold":
    case "rate-of-change": {
      const { metric, windowMs, breach, limit } = condition;
      return { metric, breach, windowM: inMinutes(windowMs), limit: inUnit(metric, limit) };
    }
    case "ratio": {
      const { of, by, windowMs, breach, limit, least } = condition;
      return {
        ...{ metric: of, whole: by, breach, windowM: inMinutes(windowMs) },
        limit: trimmed(limit * 100),
        least: String(least),
      };
    }
    case "absence":
      return { metric: condition.metric, windowM: inMinutes(condition.limitMs) };
    case "forecast": {
      const { metric, windowMs, level, direction, withinMs } = condition;
      return {
        ...{ metric, windowM: inMinutes(windowMs), limit: inUnit(metric, level) },
        breach: direction === "rises" ? "above" : "below",
        withinH: trimmed(withinMs / hourMs),
      };
    }
    case "burn-rate": {
      const { bad, total, objective, least } = condition;
      return { metric: bad, whole: total, objective: trimmed(objective * 100), least: String(least) };
    }
  }
}

/** What is wrong, in words, or what is meant. `before` keeps what the form does not show. */
export function toOwnRule(draft: OwnDraft, before: OwnRule | null): OwnRule | string {
  if (draft.title.trim() === "") return "Needs a name";
  const condition = toCondition(draft, before?.condition ?? null);
  if (typeof condition === "string") return condition;
  const forMs = Math.round(Number(draft.forS) * 1_000);
  if (draft.forS.trim() === "" || !(forMs >= 0 && forMs <= 86_400_000)) return "It may last 0 to 86400 s";
  const labels = parseLabels(draft.labels);
  if (labels === null) return "A label reads name = value";
  const runbook = draft.runbook.trim();
  if (runbook !== "" && !/^https?:\/\/./.test(runbook)) return "The runbook is an http(s) address";
  const { severity, isEnabled } = draft;
  return {
    ...{ condition, forMs, labels, severity, isEnabled },
    title: draft.title.trim(),
    nodes: draft.nodes.trim() || "*",
    runbook: runbook || null,
  };
}

function toCondition(draft: OwnDraft, before: Condition | null): Condition | string {
  const { kind, metric, whole, breach } = draft;
  const windowMs = Math.round(Number(draft.windowM) * minuteMs);
  if (kind !== "burn-rate" && !(windowMs >= minuteMs && windowMs <= 24 * hourMs))
    return "A window has 1 to 1440 minutes";
  const least = Number(draft.least);
  if (!(least >= 0)) return "The least is a number";
  const typed = Number(draft.limit);
  if (kind !== "absence" && kind !== "burn-rate" && (draft.limit.trim() === "" || !Number.isFinite(typed)))
    return "The limit is not a number";
  switch (kind) {
    case "threshold":
    case "rate-of-change":
      return { kind, metric, windowMs, breach, limit: inBase(metric, typed) };
    case "ratio":
      return { kind, of: metric, by: whole, windowMs, least, breach, limit: typed / 100 };
    case "absence":
      return { kind, metric, limitMs: windowMs };
    case "forecast": {
      const withinMs = Math.round(Number(draft.withinH) * hourMs);
      if (!(withinMs >= minuteMs && withinMs <= 365 * 24 * hourMs)) return "It looks up to 8760 h ahead";
      const direction = breach === "above" ? "rises" : "falls";
      return { kind, metric, windowMs, level: inBase(metric, typed), direction, withinMs };
    }
    case "burn-rate": {
      const objective = Number(draft.objective) / 100;
      if (!(objective >= 0.5 && objective <= 0.99999)) return "The objective is 50 to 99.999 %";
      const pairs = before?.kind === "burn-rate" ? before.pairs : burnPairs;
      return { kind, bad: metric, total: whole, objective, least, pairs };
    }
  }
}

function parseLabels(text: string): Record<string, string> | null {
  const parts = text.split(/[\n;]/).filter((part) => part.trim() !== "");
  const pairs = parts.map((part) => /^\s*([a-zA-Z_]\w*)\s*=\s*(.+?)\s*$/.exec(part));
  if (pairs.some((pair) => pair === null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}

function inMinutes(ms: number): string {
  return trimmed(ms / minuteMs);
}

function inUnit(metric: MetricId, value: number): string {
  return trimmed(value / metricOf(metric).perUnit);
}

function inBase(metric: MetricId, typed: number): number {
  return Number(trimmed(typed * metricOf(metric).perUnit));
}

/** Without what only binary fractions add. */
function trimmed(value: number): string {
  return String(Number(value.toPrecision(12)));
}
