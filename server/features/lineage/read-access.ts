import { findCid } from "../../kernel/cid/parse-cid.ts";
import { toSs58 } from "../../kernel/ss58.ts";
import type { Database } from "../../ports/database.ts";
import type { GivenEdge } from "./add-edges.ts";
import type { NodeName } from "./name-dataset.ts";
import { countedRequests } from "./source-rules.ts";

export type ContentNodeRow = { id: string; network: number; key: string };
export type ContentAccess = { id: string; network: number; edges: GivenEdge[]; usedAt: Date | null };

type AccessRow = {
  id: string;
  bucket: string;
  is_put: boolean;
  public_key: Buffer | null;
  requests: number;
  bytes: string;
  first_at: Date;
  last_at: Date;
  is_cut: boolean;
};

/** Who read and who wrote each content, and in which bucket, of its newest requests that were answered with OK. */
export async function readAccess(
  db: Pick<Database, "sql">,
  contents: readonly ContentNodeRow[],
  until: Date,
): Promise<ContentAccess[]> {
  const named = contents.flatMap((content) => {
    const cid = findCid(content.key);
    return cid ? [{ ...content, bytes: Buffer.from(cid.bytes) }] : [];
  });
  const rows = await db.sql<AccessRow>(statement, [
    named.map(({ id }) => id),
    named.map(({ network }) => network),
    named.map(({ bytes }) => bytes),
    until,
  ]);
  const byContent = Map.groupBy(rows, ({ id }) => id);
  return contents.map(({ id, network, key }) => {
    const own = byContent.get(id) ?? [];
    const last = own.reduce((latest, { last_at }) => Math.max(latest, last_at.getTime()), 0);
    const content: NodeName = { kind: "content", key };
    return {
      id,
      network,
      edges: [...placeEdges(content, own), ...own.flatMap((row) => accountEdge(content, row))],
      usedAt: last === 0 ? null : new Date(last),
    };
  });
}

/** Operations 0 put, 1 get; status 0 OK (kernel/cells). */
const statement = `
  SELECT given.id, u64(a.bucket) AS bucket, a.operation = 0 AS is_put, c.public_key, count(*)::integer AS requests,
         sum(a.bytes) AS bytes, min(a.at) AS first_at, max(a.at) AS last_at, bool_or(a.is_cut) AS is_cut
  FROM unnest($1::bigint[], $2::smallint[], $3::bytea[]) AS given (id, network, cid)
  CROSS JOIN LATERAL (
    SELECT coalesce(min(at), '-infinity') AS since FROM (
      SELECT date_trunc('second', at) AS at FROM activity
      WHERE cid_prefix = cid_prefix_of(given.cid) AND cid = given.cid AND network = given.network AND first_of_cid
        AND at <= $4 ORDER BY activity.at DESC OFFSET ${countedRequests} LIMIT 1) AS enough) AS enough
  CROSS JOIN LATERAL (
    SELECT at, bucket, operation, status, client, bytes, count(*) OVER () >= ${countedRequests} AS is_cut FROM (
      SELECT at, bucket, operation, status, client, bytes
      FROM activity_of_cid(given.cid, enough.since, $4::timestamptz + interval '1 millisecond') AS activity
      WHERE network = given.network AND at <= $4
      ORDER BY at DESC LIMIT ${countedRequests}) AS newest) AS a
  LEFT JOIN ddc_client AS c ON c.id = a.client
  WHERE a.status = 0 AND a.operation IN (0, 1)
  GROUP BY given.id, a.bucket, a.operation, c.public_key`;

/** A node took it in for, or served it from, this bucket. */
function placeEdges(content: NodeName, rows: readonly AccessRow[]): GivenEdge[] {
  return [...Map.groupBy(rows, ({ bucket }) => bucket)].map(([bucket, own]) => ({
    from: content,
    to: { kind: "bucket", key: bucket },
    kind: "stored",
    grade: "recorded",
    validFrom: new Date(Math.min(...own.map(({ first_at }) => first_at.getTime()))),
    evidence: {
      reads: own.reduce((sum, row) => sum + (row.is_put ? 0 : row.requests), 0),
      writes: own.reduce((sum, row) => sum + (row.is_put ? row.requests : 0), 0),
      ...windowOf(own),
    },
  }));
}

function accountEdge(content: NodeName, row: AccessRow): GivenEdge[] {
  if (row.public_key === null) return [];
  const account: NodeName = { kind: "account", key: accountOf(row.public_key) };
  const { requests, bytes, bucket } = row;
  return [
    {
      from: row.is_put ? account : content,
      to: row.is_put ? content : account,
      kind: row.is_put ? "uploaded" : "accessed",
      grade: "recorded",
      validFrom: row.first_at,
      evidence: { requests, bytes, bucket, ...windowOf([row]) },
    },
  ];
}

function windowOf(rows: readonly AccessRow[]) {
  return {
    firstAt: new Date(Math.min(...rows.map(({ first_at }) => first_at.getTime()))).toISOString(),
    lastAt: new Date(Math.max(...rows.map(({ last_at }) => last_at.getTime()))).toISOString(),
    countedOf: rows.some(({ is_cut }) => is_cut)
      ? `the newest ${countedRequests} requests`
      : "all stored requests",
  };
}

function accountOf(key: Buffer): string {
  const hex = `0x${key.toString("hex")}`;
  return key.length === 32 ? toSs58(hex) : hex;
}
