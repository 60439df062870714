import { expect, it } from "vitest";
import type { DeploymentRecord } from "./schema.ts";
import { diffSets } from "./set-diff-rules.ts";

it("tells which records came, went and changed, and in what", () => {
  const before = [aRecord("default", { params: { a: 1, b: 2 } }), aRecord("old")];
  const after = [aRecord("canary"), aRecord("default", { weight: 90, params: { b: 2, a: 1 } })];
  expect(diffSets(before, after)).toEqual([
    { kind: "new", name: "canary" },
    { kind: "changed", name: "default", fields: [{ field: "weight", before: "1", after: "90" }] },
    { kind: "gone", name: "old" },
  ]);
});

it("sees no difference in another order of records", () => {
  const set = [aRecord("a"), aRecord("b")];
  expect(diffSets(set, [...set].reverse())).toEqual([]);
});

function aRecord(name: string, change: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return {
    name,
    priority: 10,
    targeting: "",
    version: "baear4i",
    weight: 1,
    enabled: true,
    params: {},
    engagements: {},
    expiresAt: null,
    ...change,
  };
}
