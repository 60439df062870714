import { msBetween } from "../../kernel/clock.ts";
import { inDuration } from "../../kernel/wording.ts";
import type { RuleDefinition } from "./catalogue.ts";
import type { OwnRule, RuleChanges } from "./rule-schema.ts";
import type { Severity } from "./schema.ts";

/** A rule as a network has it. */
export type EffectiveRule = RuleDefinition & {
  isEnabled: boolean;
  revision: number;
  /** As people wrote it; null = built in. */
  own: OwnRule | null;
};

/** What the evaluator knew of one rule and subject after its last round. */
export type OpenAlert = {
  state: "pending" | "firing";
  severity: Severity;
  pendingAt: Date;
  fineSince: Date | null;
  evaluatedAt: Date;
};

export type Reading = {
  /** Null = cannot be told now: then nothing is decided, and what is open stays open. */
  value: number | null;
  at: Date;
};

/** What a round does to one rule and subject. */
export type Decision =
  | { kind: "nothing" }
  | { kind: "open"; state: "pending" | "firing" }
  | { kind: "keep" }
  | { kind: "restart" }
  | { kind: "fire" }
  | { kind: "ease" }
  | { kind: "resolve" }
  | { kind: "drop" };

/** An alert that fires resolves when its figure has been fine this long, so that one around its limit does not flap. */
export const easeMs = 60_000;
/** A gap between rounds beyond this proves nothing about the time between: what was pending starts over. */
export const longestGapMs = 60_000;

/**
 * One round for one rule and subject; the clock is the reading's own. `open` null = nothing is open. A reading from before
 * the last round (a clock that went back, two evaluators for a moment) changes nothing.
 */
export function decide(rule: EffectiveRule, open: OpenAlert | null, reading: Reading): Decision {
  if (!rule.isEnabled) return open === null ? { kind: "nothing" } : leave(open);
  if (open !== null && reading.at.getTime() <= open.evaluatedAt.getTime()) return { kind: "nothing" };
  if (reading.value === null) return { kind: "nothing" };
  if (isBreached(rule, reading.value)) return onBreach(rule, open, reading.at);
  return open === null ? { kind: "nothing" } : onFine(open, reading.at);
}

export function isBreached(
  { breach, limit }: Pick<RuleDefinition, "breach" | "limit">,
  value: number,
): boolean {
  return breach === "above" ? value > limit : value < limit;
}

function onBreach(rule: EffectiveRule, open: OpenAlert | null, at: Date): Decision {
  if (open === null) return { kind: "open", state: rule.forMs === 0 ? "firing" : "pending" };
  if (open.state === "firing") return { kind: "keep" };
  if (msBetween(open.evaluatedAt, at) > longestGapMs) return { kind: "restart" };
  return msBetween(open.pendingAt, at) >= rule.forMs ? { kind: "fire" } : { kind: "keep" };
}

function onFine(open: OpenAlert, at: Date): Decision {
  if (open.state === "pending") return { kind: "drop" };
  if (open.fineSince === null) return { kind: "ease" };
  return msBetween(open.fineSince, at) >= easeMs ? { kind: "resolve" } : { kind: "nothing" };
}

function leave(open: OpenAlert): Decision {
  return { kind: open.state === "pending" ? "drop" : "resolve" };
}

/** A built-in rule with what a network changed of it. */
export function withChanges(rule: RuleDefinition, changes: RuleChanges, revision: number): EffectiveRule {
  return {
    ...rule,
    limit: changes.limit ?? rule.limit,
    severity: changes.severity ?? rule.severity,
    forMs: changes.forMs ?? rule.forMs,
    isEnabled: changes.isEnabled ?? true,
    revision,
    own: null,
  };
}

/** Only what differs from what is built in, so that an unchanged field follows later releases. */
export function onlyChanges(rule: RuleDefinition, changes: RuleChanges): RuleChanges {
  return {
    ...(changes.limit !== undefined && changes.limit !== rule.limit && { limit: changes.limit }),
    ...(changes.severity !== undefined &&
      changes.severity !== rule.severity && { severity: changes.severity }),
    ...(changes.forMs !== undefined && changes.forMs !== rule.forMs && { forMs: changes.forMs }),
    ...(changes.isEnabled === false && { isEnabled: false }),
  };
}

/** "limit 3 %, lasting 2 m 00 s" */
export function limitSentence({ breach, limit, forMs, wordLimit }: EffectiveRule): string {
  const bound = `${breach} ${wordLimit(limit)}`;
  return forMs === 0 ? `${bound}, at once` : `${bound} for ${inDuration(forMs)}`;
}

/** A silence that has run this long and hides nothing is one that nobody thinks of any more. */
export const forgottenAfterMs = 86_400_000;

/** The evaluator works every 10 s; this long without a finished round and nobody is watching. */
export const deadAfterMs = 45_000;

/** Why alerts cannot be believed now; null = they can. */
export function deadReason(lastRoundAt: Date | null, at: Date): string | null {
  if (lastRoundAt === null) return "Rules have never been evaluated on this network.";
  const ageMs = msBetween(lastRoundAt, at);
  return ageMs > deadAfterMs
    ? `Rules were last evaluated ${inDuration(ageMs)} ago: nobody is watching.`
    : null;
}

const severityRanks: Record<Severity, number> = { critical: 1, warning: 2, info: 3 };

export function rankOf(severity: Severity): number {
  return severityRanks[severity];
}

export function severityOf(rank: number): Severity {
  if (rank === 1) return "critical";
  return rank === 2 ? "warning" : "info";
}
