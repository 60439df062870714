import type { Cid } from "../../kernel/cid/cid.ts";
import type { DagLink } from "../../kernel/cid/dag-node.ts";
import type { RunSql } from "../../ports/database.ts";
import { addKnownPieces } from "./add-known-pieces.ts";

export type VerifiedLinks = {
  network: number;
  /** Signed, as the tables hold it. */
  bucket: string;
  parent: Cid;
  links: readonly DagLink[];
  at: Date;
};

/** Links of a node whose bytes hashed to its CID, and that what they name is known by a link. */
export async function recordLinks(sql: RunSql, verified: VerifiedLinks): Promise<void> {
  const { network, bucket, parent, links, at } = verified;
  if (links.length === 0) return;
  const rows = links.map(({ cid, name }) => ({ child: Buffer.from(cid.bytes).toString("hex"), name }));
  await sql(
    `INSERT INTO ddc_link (network, bucket, child, parent, name, seen_at)
     SELECT DISTINCT $2::smallint, $3::bigint, decode(child, 'hex'), decode($4, 'hex'), name, $5::timestamptz
     FROM json_to_recordset($1::json) AS row (child text, name text)
     ON CONFLICT DO NOTHING`,
    [
      JSON.stringify(rows),
      String(network),
      bucket,
      Buffer.from(parent.bytes).toString("hex"),
      at.toISOString(),
    ],
  );
  const pieces = links.map(({ cid, size }) => ({
    cid: cid.bytes,
    // Of a node the link says the size of all below it, which is not its own.
    sizeBytes: cid.kind === "dag-node" ? null : size,
  }));
  await addKnownPieces(sql, { network, bucket, way: "dag", pieces, at });
}
