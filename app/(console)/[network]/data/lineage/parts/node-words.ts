import type { NodeKind } from "../../../../../../server/features/lineage/graph-rules.ts";
import type { GraphNode } from "../../../../../../server/features/lineage/schema.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";

type Named = { kind: NodeKind; key: string; run?: GraphNode["run"] };

export const kindWords: Record<NodeKind, string> = {
  dataset: "dataset",
  stream: "stream",
  content: "content",
  job: "job",
  run: "run",
  agent: "agent version",
  bucket: "bucket",
  account: "account",
  usage: "usage",
  charge: "charge",
  payout: "payout",
  name: "CNS name",
};

/** What a thing is called where there is little room. */
export function titleOf({ kind, key, run }: Named): string {
  switch (kind) {
    case "content":
      return shorten(key, 9, 6);
    case "run":
      return run ? nameOf(run.job) : `run ${shorten(key, 6, 4)}`;
    case "bucket":
      return `bucket ${key}`;
    case "account":
      return shorten(key, 7, 5);
    case "usage":
    case "charge":
    case "payout":
      return key.split(" ").slice(-1)[0] ?? key;
    default:
      return nameOf(key);
  }
}

/** The line below: what it is, and what a run came to. */
export function subtitleOf({ kind, key, run }: Named): string {
  if (kind === "run") return run ? `run ${shorten(key, 6, 4)}, ${run.state}` : "run";
  if (kind === "dataset" || kind === "stream" || kind === "job")
    return `${kindWords[kind]}, ${namespaceOf(key)}`;
  if (kind === "usage" || kind === "charge" || kind === "payout")
    return `${kindWords[kind]} of ${shorten(key.split(" ")[0] ?? "", 7, 5)}`;
  if (kind === "name") return `CNS name in bucket ${key.split(" ")[0] ?? ""}`;
  return kindWords[kind];
}

export function rootOf({ kind, key }: Named): string {
  return `${kind}:${key}`;
}

function nameOf(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}

function namespaceOf(key: string): string {
  return key
    .slice(0, Math.max(0, key.indexOf(" ")))
    .replaceAll("%20", " ")
    .replaceAll("%25", "%");
}
