import type { Cid } from "../../kernel/cid/cid.ts";
import type { DagLink } from "../../kernel/cid/dag-node.ts";
import type { RunSql } from "../../ports/database.ts";
import { addEdges, endEdge, type GivenEdge } from "./add-edges.ts";
import type { NodeName } from "./name-dataset.ts";

export type ProvedLinks = {
  network: number;
  bucket: string;
  parent: Cid;
  links: readonly DagLink[];
  /** Who served the node, and when its bytes were hashed. */
  servedBy: string;
  at: Date;
  /** Since when the parent is known to exist: its links are as old as itself. */
  since: Date;
};

/** The bytes that name the links hash to the parent's CID: nobody can have put a link in later. */
export function addLinkEdges(sql: RunSql, proved: ProvedLinks): Promise<void> {
  const { network, bucket, parent, links, servedBy, at, since } = proved;
  const edges = [...Map.groupBy(links, ({ cid }) => cid.text)].map(([child, same]): GivenEdge => {
    const [first] = same;
    return {
      from: contentNode(parent.text),
      to: contentNode(child),
      kind: "link",
      grade: "proved",
      validFrom: since,
      evidence: {
        name: first?.name ?? "",
        links: same.length,
        sizeBytes: first?.size.toString() ?? null,
        bucket,
        verifiedAt: at.toISOString(),
        servedBy,
      },
    };
  });
  return addEdges(sql, network, edges);
}

export type NamedContent = {
  network: number;
  bucket: string;
  name: string;
  cid: string;
  /** Where it pointed before. */
  was: string | null;
  since: Date;
  servedBy: string | null;
};

/** A name points to one content at a time: where it pointed before ends when it is seen to point elsewhere. */
export async function addNameEdge(sql: RunSql, named: NamedContent): Promise<void> {
  const { network, bucket, name, cid, was, since, servedBy } = named;
  const to: NodeName = { kind: "name", key: `${bucket} ${name}` };
  if (was !== null) await endEdge(sql, network, { from: contentNode(was), to, kind: "named", at: since });
  await addEdges(sql, network, [
    {
      from: contentNode(cid),
      to,
      kind: "named",
      grade: "recorded",
      validFrom: since,
      evidence: { bucket, name, answeredBy: servedBy },
    },
    {
      from: contentNode(cid),
      to: { kind: "bucket", key: bucket },
      kind: "stored",
      grade: "recorded",
      validFrom: since,
      evidence: { name, answeredBy: servedBy },
    },
  ]);
}

function contentNode(cid: string): NodeName {
  return { kind: "content", key: cid };
}
