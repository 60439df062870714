import { expect, it } from "vitest";
import { diffOf } from "./revision-diff.ts";

it("says what changed, came and went, however deep", () => {
  const before = {
    title: "Busy",
    condition: { kind: "threshold", limit: 0.9 },
    labels: { team: "a" },
    runbook: null,
  };
  const after = {
    title: "Busy",
    condition: { kind: "threshold", limit: 0.8 },
    labels: { area: "b" },
    runbook: null,
  };
  expect(diffOf(before, after)).toEqual([
    "condition.limit 0.9 → 0.8",
    "labels.team a is gone",
    "labels.area b",
  ]);
  expect(diffOf(before, before)).toEqual([]);
  expect(diffOf(null, { limit: 3 })).toEqual(["limit 3"]);
});
