import { expect, it } from "vitest";
import { selectionState, selectRange, toggleSelected } from "./selection.ts";

const keys = ["a", "b", "c", "d", "e"];

it("switches one row and leaves the set that it was given alone", () => {
  const before = new Set(["a"]);
  expect([...toggleSelected(before, "b")]).toEqual(["a", "b"]);
  expect([...toggleSelected(before, "a")]).toEqual([]);
  expect([...before]).toEqual(["a"]);
});

it("takes everything between two rows, in either direction", () => {
  expect([...selectRange(new Set(["b"]), keys, { from: "b", to: "d" })]).toEqual(["b", "c", "d"]);
  expect([...selectRange(new Set(["d"]), keys, { from: "d", to: "b" })].sort()).toEqual(["b", "c", "d"]);
});

it("gives a range up again when its end was selected", () => {
  expect([...selectRange(new Set(keys), keys, { from: "b", to: "d" })]).toEqual(["a", "e"]);
});

it("counts only rows that are in the table", () => {
  expect(selectionState(new Set(["gone"]), keys)).toBe("none");
  expect(selectionState(new Set(["a", "gone"]), keys)).toBe("some");
  expect(selectionState(new Set([...keys, "gone"]), keys)).toBe("all");
});
