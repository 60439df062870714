import { expect, it } from "vitest";
import { explainableRules, explainingRules, type FiringAlert, inhibitorOf } from "./inhibition-rules.ts";

const target: FiringAlert = { id: "5", rule: "node-risk" };
const silent: FiringAlert = { id: "7", rule: "node-silent" };
const wrong: FiringAlert = { id: "9", rule: "node-wrong-bytes" };

it.each<[what: string, alert: FiringAlert, firing: FiringAlert[], by: FiringAlert | null]>([
  ["with nothing else on its subject stands for itself", target, [], null],
  ["is explained by one that fired after it too", target, [silent], silent],
  ["is explained by the first of two", target, [silent, wrong], silent],
  ["is explained by the other when the first has ended", target, [wrong], wrong],
  ["does not explain itself", silent, [silent], null],
  ["is not explained by another of its own rule", { id: "8", rule: "node-silent" }, [silent], null],
  ["is not explained by what it explains", silent, [target], null],
  ["of a rule that nothing explains stands for itself", { id: "8", rule: "own-1" }, [silent, wrong], null],
  ["whose rule is named like a part of every object", { id: "8", rule: "constructor" }, [silent], null],
  ["is not explained by a rule that is named so", target, [{ id: "8", rule: "constructor" }], null],
])("an alert that %s", (_what, alert, firing, by) => {
  expect(inhibitorOf(alert, firing)).toEqual(by);
});

it("knows no rule that explains others and is explained itself: nothing is hidden by what is hidden", () => {
  expect(explainingRules.filter((rule) => explainableRules.includes(rule))).toEqual([]);
});
