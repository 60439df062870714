import { z } from "zod";
import { cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import { findCid } from "../../kernel/cid/parse-cid.ts";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { unsignedBucket } from "./content-nodes.ts";
import type { CheckPage, ListChecksInput, StoredCheck } from "./schema.ts";

type Row = Omit<StoredCheck, "at" | "cid" | "name"> & {
  id: number;
  at: Date;
  cid: Uint8Array;
  name: string | null;
};

/** What the schedule found, newest first: of a network, a node or one CID. */
export async function listChecks({ db }: Pick<Ctx, "db">, input: ListChecksInput): Promise<CheckPage> {
  const before = input.cursor ? positionOf(input.cursor) : [null, null];
  const cid = input.cid ? findCid(input.cid) : null;
  const rows = await db.sql<Row>(
    `SELECT n.id, v.at, n.node_key AS node, n.reported->>'host.name' AS name, v.bucket::text, v.cid, v.verdict, v.why,
            v.detail, encode(v.computed, 'hex') AS computed, v.bytes::float8 AS bytes,
            v.first_byte_ms AS "firstByteMs", v.total_ms AS "totalMs"
     FROM node_verification v JOIN ddc_node n ON n.id = v.node
     WHERE v.network = $1 AND ($2::text IS NULL OR n.node_key = $2) AND ($3::text IS NULL OR v.verdict = $3)
       AND ($4::bytea IS NULL OR v.cid = $4)
       AND ($5::timestamptz IS NULL OR (v.at, v.node) < ($5::timestamptz, $6::int))
     ORDER BY v.at DESC, v.node DESC LIMIT $7`,
    [
      networkByName(input.network).id,
      input.node ?? null,
      input.verdict ?? null,
      cid ? Buffer.from(cid.bytes) : null,
      ...before,
      input.limit + 1,
    ],
  );
  const page = rows.slice(0, input.limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    rows: page.map(toCheck),
    next: last ? encodeCursor([last.at.toISOString(), String(last.id)]) : null,
  };
}

function toCheck({ id: _, at, cid, bucket, name, ...row }: Row): StoredCheck {
  const read = cidFromBytes(cid);
  if (!isCid(read)) throw new Error(`A stored CID is none: ${read.reason}`);
  return {
    ...row,
    at: at.toISOString(),
    cid: read.text,
    bucket: unsignedBucket(bucket),
    name: name ?? `${row.node.slice(0, 8)}…`,
  };
}

const positionSchema = z.tuple([z.iso.datetime(), z.string().regex(/^\d+$/)]);

function positionOf(cursor: string): [string, string] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}
