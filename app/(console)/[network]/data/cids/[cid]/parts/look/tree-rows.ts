import type { DagLink } from "../../../../../../../../server/kernel/cid/dag-node.ts";
import type { LinksState } from "./use-links.ts";

/** A link in its place, or a line that says what is not there yet below an opened node. */
export type TreeRow = {
  /** Positions from the root down, "12/3": unique, and the same for as long as the tree is shown. */
  key: string;
  depth: number;
  link: DagLink | null;
  /** Of a DAG node: is what it links to shown? */
  isOpen: boolean;
  note: string | null;
};

/** What is read of each opened node, by the key of its row. */
export type Branches = ReadonlyMap<string, LinksState>;

/** Links of an opened node that are shown at most; all of them are on its own page. */
export const mostBranchLinks = 50_000;

/**
 * The tree from top to bottom. `made` keeps rows between calls: a row that did not change is the same object, so a table
 * draws it once.
 */
export function treeRows(
  links: readonly DagLink[],
  branches: Branches,
  made: Map<string, TreeRow>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  addRows({ links, branches, made, rows }, "", 0);
  return rows;
}

type Adding = { links: readonly DagLink[]; branches: Branches; made: Map<string, TreeRow>; rows: TreeRow[] };

function addRows(adding: Adding, parent: string, depth: number): void {
  const { links, branches, made, rows } = adding;
  for (const [index, link] of links.entries()) {
    const key = parent === "" ? String(index) : `${parent}/${index}`;
    const branch = branches.get(key);
    rows.push(kept(made, { key, depth, link, isOpen: branch !== undefined, note: null }));
    if (branch) addBranch({ ...adding, links: branch.links }, { key, depth: depth + 1, branch });
  }
}

function addBranch(
  adding: Adding,
  { key, depth, branch }: { key: string; depth: number; branch: LinksState },
): void {
  addRows(adding, key, depth);
  const note = noteOf(branch);
  if (note === null) return;
  adding.rows.push(kept(adding.made, { key: `${key}/note`, depth, link: null, isOpen: false, note }));
}

function noteOf({ links, end }: LinksState): string | null {
  if (end === null) return links.length === 0 ? "Reading…" : `Reading, ${links.length} so far…`;
  switch (end.kind) {
    case "whole":
      return links.length === 0 ? "Links to nothing." : null;
    case "cut":
      return `The first ${links.length}; open it by itself for the others.`;
    case "failed":
      return end.error instanceof Error ? end.error.message : "It could not be read.";
  }
}

function kept(made: Map<string, TreeRow>, row: TreeRow): TreeRow {
  const known = made.get(row.key);
  if (known && known.link === row.link && known.isOpen === row.isOpen && known.note === row.note)
    return known;
  made.set(row.key, row);
  return row;
}

/** Branches without one and all below it. */
export function withoutBranch(branches: Branches, key: string): Branches {
  return new Map([...branches].filter(([other]) => other !== key && !other.startsWith(`${key}/`)));
}
