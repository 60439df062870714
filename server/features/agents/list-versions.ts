import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { ListVersionsInput, VersionPage } from "./schema.ts";
import { toVersion, type VersionRow } from "./store.ts";

const columns = `agent_id AS "agentId", cid, semver, state, bundle_cid AS "bundleCid", bundle_bytes AS "bundleBytes",
  total_bytes AS "totalBytes", note, uploaded_at AS "uploadedAt", uploaded_by AS "uploadedBy",
  state_changed_at AS "stateChangedAt", sunset_at AS "sunsetAt", verified_at AS "verifiedAt"`;

/** Newest first. */
export async function listVersions({ db }: Pick<Ctx, "db">, input: ListVersionsInput): Promise<VersionPage> {
  const values: unknown[] = [input.agentId];
  const add = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["agent_id = $1", ...(input.state ? [`state = ${add(input.state)}`] : [])];
  if (input.cursor) {
    const { at, cid } = positionOf(input.cursor);
    const position = `${add(at)}::timestamptz`;
    conditions.push(`uploaded_at <= ${position} AND (uploaded_at < ${position} OR cid > ${add(cid)})`);
  }
  const rows = await db.sql<VersionRow>(
    `SELECT ${columns} FROM agent_version WHERE ${conditions.join(" AND ")}
     ORDER BY uploaded_at DESC, cid LIMIT ${add(input.limit + 1)}`,
    values,
  );
  const page = rows.slice(0, input.limit).map(toVersion);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? encodeCursor([last.uploadedAt, last.cid]) : null;
  return { rows: page, next };
}

const positionSchema = z.tuple([z.iso.datetime(), z.string().regex(/^[a-z2-7]{59}$/)]);

function positionOf(cursor: string): { at: string; cid: string } {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  const [at, cid] = position.data;
  return { at, cid };
}
