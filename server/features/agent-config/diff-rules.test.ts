import { expect, it } from "vitest";
import { diffConfig } from "./diff-rules.ts";

const at = (name: string, setAt: string) => ({ name, setAt, setBy: "Ines" });

it("tells what differs by name, and of a secret only that it does", () => {
  const before = {
    settings: { a: 1, b: ["x", "y"], c: true },
    secrets: [at("K", "1"), at("L", "1"), at("M", "1")],
  };
  const after = {
    settings: { b: ["x"], c: true, d: "new" },
    secrets: [at("K", "2"), at("M", "1"), at("N", "2")],
  };
  expect(diffConfig(before, after)).toEqual([
    { kind: "setting", name: "a", before: "1", after: null },
    { kind: "setting", name: "b", before: '["x","y"]', after: '["x"]' },
    { kind: "setting", name: "d", before: null, after: '"new"' },
    { kind: "secret", name: "K", what: "replaced" },
    { kind: "secret", name: "L", what: "taken away" },
    { kind: "secret", name: "N", what: "set" },
  ]);
  expect(diffConfig(after, after)).toEqual([]);
});
