import type { Condition } from "./condition-schema.ts";
import type { EffectiveRule } from "./rules.ts";

const minuteMs = 60_000;

/** What a built-in rule looks at, as far as minutes are kept of it; null = they are not. */
export function builtInCondition({ id, breach, limit }: EffectiveRule): Condition | null {
  switch (id) {
    case "node-silent":
      return { kind: "absence", metric: "cpu", limitMs: limit };
    case "node-failures":
      return {
        kind: "ratio",
        of: "failures",
        by: "requests",
        windowMs: 15 * minuteMs,
        least: 100,
        breach,
        limit,
      };
    case "node-disk-full":
      return { kind: "threshold", metric: "disk", windowMs: minuteMs, breach, limit };
    case "node-disk-slow":
      return { kind: "threshold", metric: "disk-read", windowMs: minuteMs, breach, limit };
    case "node-clock":
      return { kind: "threshold", metric: "clock-skew", windowMs: minuteMs, breach, limit };
    default:
      return null;
  }
}
