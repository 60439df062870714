import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { nodeKeyPattern } from "../../../../../server/features/nodes/list-rules.ts";
import { defaultFrom } from "../../../../../server/kernel/time-range.ts";
import { fewestCompared, mostCompared } from "../parts/compare-link.ts";

export const compareParsers = {
  keys: parseAsArrayOf(parseAsString).withDefault([]),
  /** Only the lines that differ. */
  show: parseAsStringLiteral(["all", "differences"]).withDefault("all"),
};

export const loadCompareParams = createLoader({
  keys: compareParsers.keys,
  from: parseAsString.withDefault(defaultFrom),
  to: parseAsString.withDefault("now"),
});

/** Each key once, in the order given; null when there are too few or too many, or one is no key. */
export function comparedKeys(keys: readonly string[]): string[] | null {
  const unique = [...new Set(keys)];
  const fits = unique.length >= fewestCompared && unique.length <= mostCompared;
  return fits && unique.every((key) => nodeKeyPattern.test(key)) ? unique : null;
}
