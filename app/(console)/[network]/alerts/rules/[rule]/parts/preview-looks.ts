import { type MetricId, metricOf } from "../../../../../../../server/features/alerts/metric-rules.ts";
import type {
  PreviewRuleInput,
  RulePreview,
} from "../../../../../../../server/features/alerts/rule-schema.ts";
import { type Steps, stepsEnd } from "../../../../../../_charts/chart-data.ts";
import { formatNumber, noReading } from "../../../../../../_ui/format/number.ts";

/** The unit of a rule's figure, and how much of the figure one of it is. */
export type FigureLooks = { unit: string; perUnit: number; format: (value: number | null) => string };

export function looksOf(asked: PreviewRuleInput["rule"]): FigureLooks {
  const [unit, perUnit] = unitOf(asked);
  return {
    unit,
    perUnit,
    format: (value) => (value === null ? noReading : `${formatNumber(value, 3)} ${unit}`),
  };
}

function unitOf(asked: PreviewRuleInput["rule"]): [unit: string, perUnit: number] {
  if (!("own" in asked)) return builtInUnits[asked.id] ?? ["", 1];
  const { condition } = asked.own;
  switch (condition.kind) {
    case "threshold":
    case "rate-of-change":
      return ofMetric(condition.metric);
    case "ratio":
      return ["%", 0.01];
    case "absence":
      return ["min", 60_000];
    case "forecast":
      return ["h", 3_600_000];
    case "burn-rate":
      return ["× allowed", 1];
  }
}

const builtInUnits: Readonly<Record<string, [unit: string, perUnit: number]>> = {
  "node-silent": ["s", 1_000],
  "node-failures": ["%", 0.01],
  "node-disk-full": ["%", 0.01],
  "node-disk-slow": ["ms", 1],
  "node-clock": ["ms", 1],
};

function ofMetric(id: MetricId): [unit: string, perUnit: number] {
  const { unit, perUnit } = metricOf(id);
  return [unit, perUnit];
}

type Bands = Extract<RulePreview, { kind: "replayed" }>["bands"];

/** The values of those steps in which the rule would have been firing; a gap elsewhere. */
export function firingValues(
  values: readonly (number | null)[],
  steps: Steps,
  bands: Bands,
): (number | null)[] {
  const spans = bands.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  const end = stepsEnd(steps);
  return values.map((value, index) => {
    const from = steps.start + index * steps.stepMs;
    const to = Math.min(end, from + steps.stepMs);
    return spans.some((span) => span.from < to && span.to > from) ? value : null;
  });
}
