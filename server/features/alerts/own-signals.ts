import { fitsPattern } from "../notify/rules.ts";
import { figureOf, type Known } from "./figure-rules.ts";
import type { EffectiveRule } from "./rules.ts";
import type { AlertSubject } from "./schema.ts";
import type { Signal } from "./signals.ts";

export type KnownNode = { subject: AlertSubject; known: Known };

/** The figures that rules of people's own look at: one for each rule and node that it names. */
export function* ownSignals(
  rules: Iterable<EffectiveRule>,
  nodes: readonly KnownNode[],
  at: Date,
): Generator<Signal> {
  const moment = at.getTime();
  for (const { id, own } of rules) {
    if (!own) continue;
    for (const { subject, known } of nodes)
      if (own.nodes === "*" || fitsPattern(own.nodes, subject.name))
        yield { rule: id, subject, value: figureOf(own.condition, known, moment), note: null };
  }
}
