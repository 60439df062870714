import { expect, it } from "vitest";
import { canonicalText, changedPaths, verdictOf } from "./compare-rules.ts";
import type { ReplaySide } from "./replay-contract-schema.ts";
import { aSide } from "./testing/a-replay.ts";

const one = `baebb4i${"a".repeat(52)}`;
const other = `baebb4i${"b".repeat(52)}`;
const gave = (cid: string | null, tookMs = 4) => aSide({ cid, tookMs });
const threw = (error: string, stack = "at a (bundle.js:1)") => aSide({ outcome: "failed", error, stack });
const unhandled = aSide({ outcome: "unhandled", tookMs: null });

it.each<[string, ReplaySide, ReplaySide, string]>([
  ["the same output", gave(one), gave(one), "same"],
  ["nothing by both", gave(null), gave(null), "same"],
  ["another output", gave(one), gave(other), "different"],
  ["an output where there was none", gave(null), gave(one), "different"],
  ["an error only by the candidate", gave(one), threw("Error: a"), "new_error"],
  [
    "an error by the candidate where the stable one did not engage",
    unhandled,
    threw("Error: a"),
    "new_error",
  ],
  ["an error only by the stable one", threw("Error: a"), gave(one), "fixed_error"],
  [
    "an error that goes because the event is not engaged any more",
    threw("Error: a"),
    unhandled,
    "fixed_error",
  ],
  ["the same error, thrown from another line", threw("Error: a", "at 1"), threw("Error: a", "at 2"), "same"],
  ["an error in other words", threw("Error: a"), threw("Error: b"), "different"],
  ["an event that is not engaged any more", gave(one), unhandled, "different"],
  ["twice the time, and 5 ms more", gave(one, 5), gave(one, 10), "slower"],
  ["twice the time, within noise", gave(one, 4), gave(one, 8.9), "same"],
  ["much more time, less than twice", gave(one, 100), gave(one, 199), "same"],
  ["another output that is slower too", gave(one, 5), gave(other, 50), "different"],
])("calls %s by its name", (_what, stable, candidate, verdict) => {
  expect(verdictOf({ stable, candidate })).toBe(verdict);
});

it("writes the same value the same way, whatever the order of its keys", () => {
  expect(canonicalText('{"b":[{"d":1,"c":2}],"a":null}')).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  expect(canonicalText("cut in the mid")).toBe('"cut in the mid"');
});

it.each<[string, unknown, unknown, string[]]>([
  ["nothing", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ["a value", { a: { b: 1 } }, { a: { b: 2 } }, ["changed a.b"]],
  ["a field that came and one that went", { a: 1 }, { b: 1 }, ["missing a", "added b"]],
  ["items, as one place", { a: [1, 2, 3] }, { a: [2, 3, 4] }, ["changed a[]"]],
  ["a longer list", [{ n: 1 }], [{ n: 2 }, { n: 3 }], ["changed [].n", "added []"]],
  ["a shorter list", { a: [1, 2] }, { a: [1] }, ["missing a[]"]],
  ["another kind of value", { a: [] }, { a: {} }, ["changed a"]],
  ["the whole", 1, "1", ["changed "]],
])("finds where outputs differ: %s", (_what, before, after, paths) => {
  const found = changedPaths(JSON.stringify(before), JSON.stringify(after));
  expect(found.map(({ path, kind }) => `${kind} ${path}`)).toEqual(paths);
});

it("bounds the places that it names, however many there are", () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${"k".repeat(300)}${at}`, at]));
  const found = changedPaths("{}", JSON.stringify(many));
  expect(found.length).toBeLessThanOrEqual(20);
  expect(changedPaths(null, "1")).toEqual([{ path: "", kind: "added" }]);
  expect(changedPaths("1", null)).toEqual([{ path: "", kind: "missing" }]);
});
