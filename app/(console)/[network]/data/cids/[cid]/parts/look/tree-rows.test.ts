import { expect, it } from "vitest";
import { cidOf } from "../../../../../../../../server/kernel/cid/cid.ts";
import type { DagLink } from "../../../../../../../../server/kernel/cid/dag-node.ts";
import { type Branches, type TreeRow, treeRows, withoutBranch } from "./tree-rows.ts";
import type { LinksState } from "./use-links.ts";

const linkTo = (name: string, kind: "dag-node" | "raw-piece" = "raw-piece"): DagLink => ({
  cid: cidOf(kind, new Uint8Array(32).fill(name.length)),
  name,
  size: 1n,
});
const whole = (links: DagLink[]): LinksState => ({ links, bytes: 1, sizeBytes: 1, end: { kind: "whole" } });
const words = (rows: readonly TreeRow[]) =>
  rows.map(({ depth, link, note }) => `${"  ".repeat(depth)}${link?.name ?? note}`);
const root = [linkTo("a", "dag-node"), linkTo("b")];

it("shows what an opened node links to below it, however deep", () => {
  const branches: Branches = new Map([
    ["0", whole([linkTo("inner", "dag-node"), linkTo("file")])],
    ["0/0", whole([linkTo("leaf")])],
  ]);
  expect(words(treeRows(root, branches, new Map()))).toEqual(["a", "  inner", "    leaf", "  file", "b"]);
});

it.each<[string, LinksState, string[]]>([
  ["is being read", { links: [], bytes: 0, sizeBytes: null, end: null }, ["a", "  Reading…", "b"]],
  ["links to nothing", whole([]), ["a", "  Links to nothing.", "b"]],
  [
    "could not be read",
    { links: [], bytes: 0, sizeBytes: null, end: { kind: "failed", error: new Error("No node has it.") } },
    ["a", "  No node has it.", "b"],
  ],
  [
    "has more links than are shown",
    { links: [linkTo("x")], bytes: 1, sizeBytes: null, end: { kind: "cut" } },
    ["a", "  x", "  The first 1; open it by itself for the others.", "b"],
  ],
])("says so where an opened node %s", (_, branch, expected) => {
  expect(words(treeRows(root, new Map([["0", branch]]), new Map()))).toEqual(expected);
});

it("keeps the rows that did not change, so that they are not drawn again", () => {
  const made = new Map<string, TreeRow>();
  const closed = treeRows(root, new Map(), made);
  const opened = treeRows(root, new Map([["0", whole([linkTo("x")])]]), made);
  expect(opened[0]).not.toBe(closed[0]);
  expect(opened.at(-1)).toBe(closed.at(-1));
});

it("closes what is below with a branch, and nothing beside it", () => {
  const branches: Branches = new Map(["1", "1/0", "10", "1/0/2"].map((key) => [key, whole([])]));
  expect([...withoutBranch(branches, "1").keys()]).toEqual(["10"]);
});
