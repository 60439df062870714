import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { networkById, networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import { parseMoment } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { AuditEntry, ListAuditInput } from "./schema.ts";

/** Newest first. A page costs the same wherever it is: each filter has an index that ends in (at, id). */
export async function listAudit(
  ctx: Pick<Ctx, "db" | "clock">,
  input: ListAuditInput,
): Promise<Page<AuditEntry>> {
  const { where, values } = conditions(input, ctx.clock.now());
  const rows = await ctx.db.sql<AuditRow>(
    `SELECT id, at, actor_kind, actor_id, actor_name, action, subject, network, before, after, reason, request_id, address
     FROM audit_entry ${where} ORDER BY at DESC, id DESC LIMIT ${input.limit + 1}`,
    values,
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? encodeCursor([last.at.toISOString(), last.id]) : null;
  return { rows: page.map(toAuditEntry), next };
}

type AuditRow = {
  id: string;
  at: Date;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  subject: string;
  network: number | null;
  before: AuditEntry["before"];
  after: AuditEntry["after"];
  reason: string | null;
  request_id: string;
  address: string | null;
};

function conditions(input: ListAuditInput, now: Date): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts: string[] = [];
  const add = (value: unknown, sql: (position: string) => string) => {
    if (value === null || value === undefined || value === "") return;
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  add(input.network && networkByName(input.network).id, (at) => `network = ${at}`);
  add(input.actorId, (at) => `actor_id = ${at}`);
  add(input.action, (at) => (input.action?.endsWith(".") ? `starts_with(action, ${at})` : `action = ${at}`));
  add(input.subject, (at) => `subject = ${at}`);
  add(input.requestId, (at) => `request_id = ${at}`);
  add(input.from && parseMoment(input.from, now, "from"), (at) => `at >= ${at}`);
  add(input.to && parseMoment(input.to, now, "to"), (at) => `at < ${at}`);
  if (input.cursor) {
    values.push(...positionOf(input.cursor));
    parts.push(`(at, id) < ($${values.length - 1}::timestamptz, $${values.length}::bigint)`);
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(" AND ")}` : "", values };
}

const positionSchema = z.tuple([z.iso.datetime(), z.string().regex(/^\d{1,18}$/)]);

function positionOf(cursor: string): [at: string, id: string] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}

function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    subject: row.subject,
    network: row.network === null ? null : networkById(row.network).name,
    before: row.before,
    after: row.after,
    reason: row.reason,
    requestId: row.request_id,
    address: row.address,
  };
}
