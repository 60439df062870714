import { boundOf, sayFigure, wordFigure } from "./figure-rules.ts";
import type { OwnRule } from "./rule-schema.ts";
import type { EffectiveRule } from "./rules.ts";

const prefix = "own-";

export function ownRuleId(number: number): string {
  return `${prefix}${number}`;
}

export function isOwnRule(id: string): boolean {
  return id.startsWith(prefix);
}

/** A rule that people wrote, in the form in which the evaluator takes all rules. */
export function toEffectiveRule(id: string, own: OwnRule, revision: number): EffectiveRule {
  const { title, condition, severity, forMs, isEnabled, runbook } = own;
  return {
    id,
    title,
    signal: sayFigure(condition),
    ...boundOf(condition),
    severity,
    forMs,
    settable: { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
    wordLimit: (value) => wordFigure(condition, value),
    runbook: runbook ?? "",
    isEnabled,
    revision,
    own,
  };
}
