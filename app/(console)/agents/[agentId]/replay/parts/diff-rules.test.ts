import { expect, it } from "vitest";
import { diffLines, foldSame, prettyLines } from "./diff-rules.ts";

const signs = { same: " ", before: "-", after: "+" };
const asText = (before: string, after: string) =>
  diffLines(before.split(""), after.split("")).map(({ kind, text }) => `${signs[kind]}${text}`);

it.each<[string, string, string[]]>([
  ["ab", "ab", [" a", " b"]],
  ["ab", "axb", [" a", "+x", " b"]],
  ["axb", "ab", [" a", "-x", " b"]],
  ["axb", "ayb", [" a", "-x", "+y", " b"]],
  ["abcd", "bcxd", ["-a", " b", " c", "+x", " d"]],
  ["", "a", ["+a"]],
])("tells what goes and what comes from %s to %s", (before, after, lines) => {
  expect(asText(before, after)).toEqual(lines);
});

it("numbers lines where they stand in their own text", () => {
  expect(diffLines(["a", "x"], ["a", "y"]).map(({ before, after }) => [before, after])).toEqual([
    [1, 1],
    [2, null],
    [null, 2],
  ]);
});

it("gives every line of both texts once, however much they differ", () => {
  const before = Array.from({ length: 3_000 }, (_, at) => `b${at}`);
  const after = Array.from({ length: 3_000 }, (_, at) => `a${at}`);
  const lines = diffLines(["same", ...before], ["same", ...after]);
  expect(lines.filter(({ kind }) => kind === "before")).toHaveLength(3_000);
  expect(lines.filter(({ kind }) => kind === "after")).toHaveLength(3_000);
});

it("folds what is far from a difference, and counts it", () => {
  const long = Array.from({ length: 20 }, (_, at) => String(at));
  const folded = foldSame(diffLines(long, [...long.slice(0, 10), "new", ...long.slice(10)]));
  expect(folded.map((line) => (line.kind === "fold" ? line.count : line.text))).toEqual([
    7,
    ...["7", "8", "9", "new", "10", "11", "12"],
    7,
  ]);
});

it("indents JSON, and shows a text that was cut as it came", () => {
  expect(prettyLines('{"a":1}')).toEqual(["{", '  "a": 1', "}"]);
  expect(prettyLines('{"a":')).toEqual(['{"a":']);
  expect(prettyLines(null)).toEqual([]);
});
