/** Positions are the codes in the tables `lineage_node` and `lineage_edge`: append, never reorder. */
export const nodeKinds = [
  "dataset",
  "stream",
  "content",
  "job",
  "run",
  "agent",
  "bucket",
  "account",
  "usage",
  "charge",
  "payout",
  "name",
] as const;
export type NodeKind = (typeof nodeKinds)[number];

/** What an edge says, read from upstream to downstream. */
export const edgeKinds = [
  "read", // dataset → run
  "wrote", // run → dataset
  "ran", // job → run
  "version", // agent version → run
  "parent", // run → the run that it started
  "declared-input", // dataset → job
  "declared-output", // job → dataset
  "link", // DAG node → the content that it links to
  "stored", // content → bucket
  "accessed", // content → account
  "used", // bucket → usage
  "charged", // usage → charge
  "paid", // charge → payout
  "uploaded", // account → content
  "named", // content → CNS name
] as const;
export type EdgeKind = (typeof edgeKinds)[number];

/** proved: a hash link or a checked signature · recorded: an event says so · allocated: split by usage. */
export const grades = ["proved", "recorded", "allocated"] as const;
export type Grade = (typeof grades)[number];

export const directions = ["both", "upstream", "downstream"] as const;

export function nodeKindCode(kind: NodeKind): number {
  return nodeKinds.indexOf(kind);
}

export function edgeKindCode(kind: EdgeKind): number {
  return edgeKinds.indexOf(kind);
}

export function gradeCode(grade: Grade): number {
  return grades.indexOf(grade);
}
