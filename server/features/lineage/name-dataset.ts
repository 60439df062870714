import { findCid } from "../../kernel/cid/parse-cid.ts";
import type { NodeKind } from "./graph-rules.ts";
import type { DatasetName } from "./open-lineage-schema.ts";

/** A thing of the graph, by what it is called; unique within a network. */
export type NodeName = { kind: NodeKind; key: string };

const ddcNamespace = /^ddc:\/\/([a-z]+)\/(\d{1,20})\/?$/;

/** A CID in `ddc://<network>/<bucket>` is that content; a topic of `kafka://…` is a stream; anything else a dataset. */
export function nameDataset(
  { namespace, name }: DatasetName,
  network: string,
): NodeName & { bucket: string | null } {
  const [, place, bucket = ""] = ddcNamespace.exec(namespace) ?? [];
  if (place === network && findCid(name)) return { kind: "content", key: name, bucket };
  const kind = namespace.startsWith("kafka://") ? "stream" : "dataset";
  return { kind, key: pairKey({ namespace, name }), bucket: null };
}

export function nameJob(job: DatasetName): NodeName {
  return { kind: "job", key: pairKey(job) };
}

export function nameRun(runId: string): NodeName {
  return { kind: "run", key: runId.toLowerCase() };
}

export function nameBucket(bucket: string): NodeName {
  return { kind: "bucket", key: bucket };
}

/** The first space parts the two: those of the namespace are written %20. */
function pairKey({ namespace, name }: DatasetName): string {
  return `${namespace.replaceAll("%", "%25").replaceAll(" ", "%20")} ${name}`;
}
