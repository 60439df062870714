import { describe, expect, it } from "vitest";
import { type OwnRule, ownRuleSchema } from "../../../../../../../server/features/alerts/rule-schema.ts";
import { ownDraftOf, toOwnRule } from "./own-draft.ts";

const minute = 60_000;
const rule = (condition: object): OwnRule =>
  ownRuleSchema.parse({
    title: "Busy",
    condition,
    severity: "critical",
    forMs: 90_000,
    labels: { team: "storage", area: "eu west" },
    runbook: "https://wiki.example/busy",
  });

describe("a rule in the form", () => {
  it.each([
    rule({ kind: "threshold", metric: "cpu", windowMs: 5 * minute, breach: "above", limit: 0.07 }),
    rule({ kind: "threshold", metric: "net-out", windowMs: minute, breach: "below", limit: 2.5e6 }),
    rule({
      kind: "ratio",
      of: "failures",
      by: "requests",
      windowMs: minute,
      least: 20,
      breach: "above",
      limit: 0.03,
    }),
    rule({ kind: "absence", metric: "requests", limitMs: 10 * minute }),
    rule({ kind: "rate-of-change", metric: "memory", windowMs: 60 * minute, breach: "above", limit: 0.2 }),
    rule({
      kind: "forecast",
      metric: "disk",
      windowMs: 60 * minute,
      level: 0.95,
      direction: "rises",
      withinMs: 86_400_000,
    }),
    rule({
      kind: "burn-rate",
      bad: "failures",
      total: "requests",
      objective: 0.995,
      least: 100,
      pairs: [{ longMs: 30 * minute, shortMs: 2 * minute, factor: 3 }],
    }),
  ])("comes out as it went in: $condition.kind", (given) => {
    expect(toOwnRule(ownDraftOf(given), given)).toEqual(given);
  });

  it.each<[object, string]>([
    [{ title: " " }, "Needs a name"],
    [{ windowM: "0" }, "A window has 1 to 1440 minutes"],
    [{ limit: "" }, "The limit is not a number"],
    [{ limit: "much" }, "The limit is not a number"],
    [{ forS: "-1" }, "It may last 0 to 86400 s"],
    [{ labels: "team" }, "A label reads name = value"],
    [{ runbook: "javascript:x" }, "The runbook is an http(s) address"],
    [{ kind: "burn-rate", objective: "100" }, "The objective is 50 to 99.999 %"],
  ])("says what is wrong: %o", (change, problem) => {
    expect(toOwnRule({ ...ownDraftOf(null), title: "Busy", ...change }, null)).toBe(problem);
  });
});
