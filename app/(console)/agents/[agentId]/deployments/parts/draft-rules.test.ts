import { expect, it } from "vitest";
import { freeName, lineOf, linesOf, numberOf, parseDraft, recordsOf, toText } from "./draft-rules.ts";

const text = `[
  { "name": "a", "params": { "x/y": [1,
    2] } },
  {
    "name": "b, \\"]",
    "weight": 3
  }
]`;

it("finds the line of each value, and of what holds one that is missing", () => {
  const lines = linesOf(text);
  expect(lineOf(lines, "")).toBe(1);
  expect(lineOf(lines, "/0/name")).toBe(2);
  expect(lineOf(lines, "/0/params/x~1y/1")).toBe(3);
  expect(lineOf(lines, "/1/name")).toBe(5);
  expect(lineOf(lines, "/1/weight")).toBe(6);
  expect(lineOf(lines, "/1/version")).toBe(4);
});

it("offers the form only for a list of records, and keeps what it does not know", () => {
  expect(recordsOf(parseDraft("[1]"))).toBeNull();
  expect(recordsOf(parseDraft("{"))).toBeNull();
  expect(recordsOf(parseDraft(toText([{ name: "a", odd: { b: 1 } }])))).toEqual([
    { name: "a", odd: { b: 1 } },
  ]);
});

it("takes a whole number as one, and leaves everything else to be judged", () => {
  expect([numberOf("12"), numberOf("1.5"), numberOf("")]).toEqual([12, "1.5", ""]);
  expect(freeName([{ name: "record-1" }, { name: "record-3" }])).toBe("record-2");
});
