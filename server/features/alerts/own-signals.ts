import { fitsPattern } from "../notify/rules.ts";
import { figureOf, type Known } from "./figure-rules.ts";
import type { EffectiveRule } from "./rules.ts";
import type { AlertSubject } from "./schema.ts";
import type { Signal } from "./signals.ts";

export type KnownNode = { subject: AlertSubject; known: Known };

/**
 * The figures that rules of people's own look at: one for each rule and node that it names. Node after node, so that the
 * minutes of one are at hand for all rules.
 */
export function* ownSignals(
  rules: Iterable<EffectiveRule>,
  nodes: readonly KnownNode[],
  at: Date,
): Generator<Signal> {
  const moment = at.getTime();
  const looking = [...rules].flatMap(({ id, own }) => (own ? [{ id, own }] : []));
  for (const { subject, known } of nodes)
    for (const { id, own } of looking)
      if (own.nodes === "*" || fitsPattern(own.nodes, subject.name))
        yield { rule: id, subject, value: figureOf(own.condition, known, moment), note: null };
}
