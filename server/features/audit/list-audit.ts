import { z } from "zod";
import { invalid, notFound } from "../../kernel/errors.ts";
import { networkById, networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import { parseMoment } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { AuditEntry, auditEntryInput, ListAuditInput } from "./schema.ts";

/** Newest first. A page costs the same wherever it is: each filter has an index that ends in (at, id). */
export async function listAudit(
  ctx: Pick<Ctx, "db" | "clock">,
  input: ListAuditInput,
): Promise<Page<AuditEntry>> {
  const { where, values } = auditConditions(input, ctx.clock.now());
  const rows = await ctx.db.sql<AuditRow>(
    `${selectEntries} ${where} ORDER BY e.at DESC, e.id DESC LIMIT ${input.limit + 1}`,
    values,
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? encodeCursor([last.at.toISOString(), last.id]) : null;
  return { rows: page.map(toAuditEntry), next };
}

/** One entry by its id, for a link to it. */
export async function getAuditEntry(
  ctx: Pick<Ctx, "db">,
  { id, network }: z.output<typeof auditEntryInput>,
): Promise<AuditEntry> {
  const [row] = await ctx.db.sql<AuditRow>(`${selectEntries} WHERE e.id = $1`, [id]);
  const entry = row && toAuditEntry(row);
  // An auditor of one network is shown what happened there, and nothing else.
  if (!entry || (network && entry.network !== network)) throw notFound("audit entry", id);
  return entry;
}

const selectEntries = `SELECT e.id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.action, e.subject, e.network,
    e.before, e.after, e.reason, e.request_id, e.address, l.seq, encode(l.hash, 'hex') AS hash, l.sealed_at
  FROM audit_entry e LEFT JOIN audit_link l ON l.entry_id = e.id`;

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
  seq: string | null;
  hash: string | null;
  sealed_at: Date | null;
};

type Conditions = Omit<ListAuditInput, "limit">;

/** The filter as SQL over `audit_entry`. */
export function auditConditions(input: Conditions, now: Date): { where: string; values: unknown[] } {
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
  add(input.text && likeAnywhere(input.text), (at) => `${searched} ILIKE ${at}`);
  add(input.requestId, (at) => `request_id = ${at}`);
  add(input.from && parseMoment(input.from, now, "from"), (at) => `at >= ${at}`);
  add(input.to && parseMoment(input.to, now, "to"), (at) => `at < ${at}`);
  if (input.cursor) {
    values.push(...positionOf(input.cursor));
    parts.push(`(at, id) < ($${values.length - 1}::timestamptz, $${values.length}::bigint)`);
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(" AND ")}` : "", values };
}

const searched = `concat_ws(' ', actor_name, action, subject, reason, request_id)`;

function likeAnywhere(text: string): string {
  return `%${text.trim().replace(/[\\%_]/g, "\\$&")}%`;
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
    link: linkOf(row),
  };
}

function linkOf({ seq, hash, sealed_at }: AuditRow): AuditEntry["link"] {
  return seq === null || hash === null || sealed_at === null
    ? null
    : { seq, hash, sealedAt: sealed_at.toISOString() };
}
